// Behaves as Cornerstone's product-details.js and cart.js do over stencil-utils.
const post = async (path, body) =>
  (await fetch(path, { method: "POST", body })).json();

document
  .querySelector("[data-cart-item-add]")
  ?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { data } = await post(
      "/remote/v1/cart/add",
      new FormData(event.target),
    );
    if (data.error) return (document.body.dataset.refused = "");
    const modal = document.querySelector("#previewModal");
    modal.hidden = false;
    modal.classList.add("open");
    const preview = await fetch(`/cart.php?suggest=${data.cart_item.id}`);
    modal.firstElementChild.innerHTML = await preview.text();
  });

const quantity = document.querySelector(".cart-item-qty-input");
const update = async (value) => {
  await post("/remote/v1/cart/update", JSON.stringify({ quantity: value }));
  document.body.dataset.quantity = value;
  if (!value) document.querySelector(".cart-item").remove();
  else quantity.value = value;
};
document.querySelectorAll("[data-cart-update]").forEach((button) =>
  button.addEventListener("click", (event) => {
    event.preventDefault();
    update(+quantity.value + (button.dataset.action === "inc" ? 1 : -1));
  }),
);
document
  .querySelector(".cart-remove")
  ?.addEventListener("click", () => update(0));
