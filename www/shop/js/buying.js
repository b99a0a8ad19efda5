// @ts-check
// The two buttons of a product, on cards and product pages alike: add to cart, save to the wishlist.

import { say } from "./shell.js";
import { addToCart, onChange, toggleWish, wishlist } from "./store.js";

/** What the page says after a press, in its own language. */
const words = document.body.dataset;

const skuOf = (button) => button.closest("[data-sku]").dataset.sku;

/** The chosen size or colour, when the product has a choice. */
const variantOf = (button) =>
  button.closest(".buy")?.querySelector("input:checked")?.value ?? "";

function showWishes() {
  const wished = wishlist();
  for (const button of document.querySelectorAll("[data-wishlist]")) {
    button.setAttribute("aria-pressed", String(wished.includes(skuOf(button))));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-to-cart], [data-wishlist]");
  if (!button) return;
  if (button.matches("[data-add-to-cart]")) {
    addToCart(skuOf(button), variantOf(button));
    say(words.sayAdded);
  } else {
    say(toggleWish(skuOf(button)) ? words.saySaved : words.sayUnsaved);
  }
});

showWishes();
onChange(showWishes);
