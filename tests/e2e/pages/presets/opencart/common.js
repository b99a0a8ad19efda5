// Behaves as OpenCart's common.js does: version 3's `cart` and `wishlist`, and version 4's forms that ask by themselves.
const told = ({ success, error }) => {
  const [kind, text] = error ? ["danger", "Refused."] : ["success", success];
  document.querySelector("#alert").innerHTML =
    `<div class="alert alert-${kind} alert-dismissible">${text}</div>`;
};
const post = (route, body) =>
  fetch(`/index.php?route=${route}`, { method: "POST", body }).then((answer) =>
    answer.json(),
  );
const numbered = (product_id) => new URLSearchParams({ product_id });
window.cart = {
  add: async (id) => told(await post("checkout/cart/add", numbered(id))),
};
window.wishlist = {
  add: async (id) => told(await post("account/wishlist/add", numbered(id))),
};

document
  .querySelectorAll("form[data-oc-toggle=ajax], #form-product")
  .forEach((form) =>
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const [, route] = event.submitter
        .getAttribute("formaction")
        .split("route=");
      const answer = await post(route, new FormData(form));
      if (route.endsWith("remove")) form.closest("tr").remove();
      told(answer);
    }),
  );

const step = (id, route, then) =>
  document.querySelector(id)?.addEventListener("click", async () => {
    if (!(await post(route)).error) then();
  });
step("#button-shipping-method", "checkout/shipping_method/save", () => {});
step("#button-payment-method", "checkout/payment_method/save", () => {
  document.querySelector("#collapse-checkout-confirm").hidden = false;
});
step("#button-confirm", "extension/payment/cod/confirm", () =>
  location.assign("/index.php?route=checkout/success"),
);
