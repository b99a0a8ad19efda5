// Behaves as checkout-js does: each step asks the Storefront API, then draws the next one.
document.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  await fetch("/api/storefront/checkouts/abc/consignments/1", {
    method: "PUT",
  });
  document.querySelector(".checkout-step--payment").innerHTML =
    '<form class="checkout-form" data-test="payment-form" novalidate><button id="checkout-payment-continue" class="button button--action" type="submit">Place Order</button></form>';
  document
    .querySelector("[data-test=payment-form]")
    .addEventListener("submit", async (submit) => {
      submit.preventDefault();
      await fetch("/internalapi/v1/checkout/order", { method: "POST" });
      location.assign("/checkout/order-confirmation");
    });
});
