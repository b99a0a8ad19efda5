// @ts-check
// The cart page: lines with a quantity stepper and a way out, the sum, the way to the checkout.

import "./newsletter.js";
import { report } from "./conversions.js";
import { money } from "./money.js";
import { say } from "./shell.js";
import {
  MAX_QUANTITY,
  cartCents,
  cartLines,
  onChange,
  setQuantity,
} from "./store.js";

const list = document.querySelector("[data-lines]");
const template = document.querySelector("#line");
const checkout = document.querySelector("[data-checkout]");

function lineElement(line) {
  const element = template.content.cloneNode(true).firstElementChild;
  const part = (selector) => element.querySelector(selector);
  element.dataset.sku = line.sku;
  element.dataset.variant = line.variant;
  part("img").src = line.picture;
  part(".title").textContent = line.name;
  part(".title").href = line.page;
  part(".variant").textContent = line.variant;
  part(".price").textContent = money(line.cents);
  part(".sum").textContent = money(line.cents * line.quantity);
  part(".quantity output").textContent = String(line.quantity);
  part("[data-step='1']").disabled = line.quantity >= MAX_QUANTITY;
  part("[data-step='-1']").disabled = line.quantity <= 1;
  for (const button of element.querySelectorAll("button")) {
    button.setAttribute("aria-label", `${button.ariaLabel}: ${line.name}`);
  }
  Object.assign(part("[data-remove]").dataset, spoorItem(line));
  return element;
}

/** The line as data-spoor-* attributes, read by spoor when the line is removed. */
const spoorItem = (line) => ({
  spoorItem_id: line.sku,
  spoorItem_name: line.name,
  spoorPrice: (line.cents / 100).toFixed(2),
  spoorQuantity: String(line.quantity),
});

function show() {
  const lines = cartLines();
  list.replaceChildren(...lines.map(lineElement));
  document.querySelector("[data-full]").hidden = lines.length === 0;
  document.querySelector("[data-empty]").hidden = lines.length > 0;
  document.querySelector("[data-subtotal]").textContent = money(cartCents());
  checkout.dataset.value = (cartCents() / 100).toFixed(2);
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { sku, variant } = button.closest("[data-sku]").dataset;
  const line = cartLines().find((l) => l.sku === sku && l.variant === variant);
  const step = Number(button.dataset.step ?? -line.quantity);
  const quantity = line.quantity + step;
  setQuantity(sku, variant, quantity);
  say(quantity ? `${line.name}: ${quantity}` : `${line.name} removed`);
  const again = `[data-sku="${sku}"][data-variant="${variant}"] [data-step="${button.dataset.step}"]`;
  list.querySelector(again)?.focus();
});

show();
onChange(show);
if (cartLines().length > 0) report("view_cart", cartLines());
