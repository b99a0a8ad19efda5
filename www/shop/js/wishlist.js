// @ts-check
// The wishlist page: what was saved, as cards.

import "./buying.js";
import "./newsletter.js";
import { catalogue } from "./catalogue.js";
import { money } from "./money.js";
import { onChange, wishlist } from "./store.js";

const list = document.querySelector("[data-grid]");
const template = document.querySelector("#card");

function card(sku) {
  const product = catalogue[sku];
  const element = template.content.cloneNode(true).firstElementChild;
  const part = (selector) => element.querySelector(selector);
  element.dataset.sku = sku;
  part("img").src = product.picture;
  part(".card-link").href = product.page;
  part(".title").textContent = product.name;
  part(".price").textContent = money(product.cents);
  part("[data-wishlist]").ariaLabel = `Save ${product.name} to wishlist`;
  part("[data-add-to-cart]").ariaLabel = `Add ${product.name} to cart`;
  return element;
}

function show() {
  const saved = wishlist();
  list.replaceChildren(...saved.map(card));
  document.querySelector("[data-empty]").hidden = saved.length > 0;
}

show();
onChange(show);
