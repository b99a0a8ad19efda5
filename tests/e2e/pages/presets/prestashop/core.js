// Behaves as PrestaShop's core.js and the modules ps_shoppingcart, ps_emailsubscription and blockwishlist do.
const all = (selector, type, act) =>
  document.querySelectorAll(selector).forEach((element) =>
    element.addEventListener(type, (event) => {
      event.preventDefault();
      act(element);
    }),
  );
const post = (path, body) =>
  fetch(path, { method: "POST", body }).then((answer) => answer.json());

all("[data-button-action=add-to-cart]", "click", async (button) => {
  const { hasError } = await post("/panier", new FormData(button.form));
  if (hasError) return (document.body.dataset.refused = "");
  await post("/module/ps_shoppingcart/ajax");
  document.body.insertAdjacentHTML(
    "beforeend",
    '<div id="blockcart-modal" class="modal fade in">Ajouté</div>',
  );
});

const spin = document.querySelector(".js-cart-line-product-quantity");
const step = async (by, url) => {
  spin.value = +spin.value + by;
  await post(url);
  document.body.dataset.quantity = spin.value;
};
all(".js-increase-product-quantity", "click", () =>
  step(1, spin.dataset.upUrl),
);
all(".js-decrease-product-quantity", "click", () =>
  step(-1, spin.dataset.downUrl),
);
all("[data-link-action=delete-from-cart]", "click", async (link) => {
  await post(link.href);
  link.closest("li").remove();
});

all(".wishlist-button-add", "click", async (button) => {
  const heart = button.firstElementChild;
  const full = heart.textContent === "favorite";
  const action = full ? "deleteProductFromWishlist" : "addProductToWishlist";
  await post(`/module/blockwishlist/action?action=${action}`);
  heart.textContent = full ? "favorite_border" : "favorite";
});

all("#payment-confirmation button", "click", () =>
  document.querySelector("#payment-form").submit(),
);

all(".block_newsletter form", "submit", async (form) => {
  const path = "/module/ps_emailsubscription/subscription";
  const { nw_error } = await post(path, new FormData(form));
  form.querySelector(".block_newsletter_alert").innerHTML =
    `<p class="alert alert-${nw_error ? "danger" : "success"}">Réponse</p>`;
});
