// Behaves as the Storefront's plugins do: AddToCart with its off-canvas cart, AddToWishlist, QuantitySelector, FormCmsHandler.
const all = (selector, type, act) =>
  document
    .querySelectorAll(selector)
    .forEach((element) =>
      element.addEventListener(type, (event) => act(element, event)),
    );

all("[data-add-to-cart]", "submit", async (form, event) => {
  event.preventDefault();
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
  });
  document.querySelector(".offcanvas")?.remove();
  document.body.insertAdjacentHTML(
    "beforeend",
    `<div class="offcanvas cart-offcanvas show">${await answer.text()}</div>`,
  );
});

all("[data-add-to-wishlist]", "click", async (heart) => {
  const added = heart.classList.contains("product-wishlist-added");
  await fetch(`/wishlist/${added ? "remove" : "add"}/aa51`, { method: "POST" });
  heart.classList.toggle("product-wishlist-added", !added);
  heart.classList.toggle("product-wishlist-not-added", added);
});

const steps = { minus: "stepDown", plus: "stepUp" };
for (const [name, step] of Object.entries(steps)) {
  all(`.js-btn-${name}`, "click", (button) => {
    button.parentElement.querySelector("input")[step]();
    button.closest("[data-form-auto-submit]")?.submit();
  });
}

all("[data-form-cms-handler]", "submit", async (form, event) => {
  event.preventDefault();
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
  });
  const [{ type }] = await answer.json();
  form.parentElement.insertAdjacentHTML(
    "beforeend",
    type === "success"
      ? '<div class="confirm-message">Danke.</div>'
      : '<div class="confirm-alert">Bitte prüfen.</div>',
  );
});
