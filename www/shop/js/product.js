// @ts-check
// A product page: its gallery, its size guide, its share row.

import "./buying.js";
import "./newsletter.js";
import "./share.js";
import { catalogue } from "./catalogue.js";
import { report } from "./conversions.js";

const product = document.querySelector(".product");
const picture = product.querySelector(".gallery-main");
const thumbs = product.querySelectorAll(".gallery-thumbs button");

for (const thumb of thumbs) {
  thumb.addEventListener("click", () => {
    const shown = thumb.querySelector("img");
    picture.src = shown.src;
    picture.alt = shown.alt;
    for (const other of thumbs) {
      other.setAttribute("aria-current", String(other === thumb));
    }
  });
}

const guide = document.querySelector("#size-guide");
document
  .querySelector("[data-size-guide]")
  ?.addEventListener("click", () => guide.showModal());

const { sku } = product.dataset;
report("view_item", [{ sku, quantity: 1, ...catalogue[sku] }]);
