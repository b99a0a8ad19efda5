// @ts-check
// The shopper's cart and wishlist. They live in localStorage, so they outlast the visit.

import { catalogue } from "./catalogue.js";

const CART = "corrie.cart";
const WISHLIST = "corrie.wishlist";
export const MAX_QUANTITY = 9;

const changed = new EventTarget();

/** Calls `listener` after every change, also one made in another tab. */
export function onChange(listener) {
  changed.addEventListener("change", listener);
  window.addEventListener("storage", listener);
}

function read(key) {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(stored) ? stored : [];
  } catch {
    return [];
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or barred: the page goes on, the list is as it was.
  }
  changed.dispatchEvent(new Event("change"));
}

/** The cart's lines with what the catalogue says of them: `{ sku, variant, quantity, name, cents, picture, page }`. */
export function cartLines() {
  return read(CART)
    .filter((line) => catalogue[line.sku])
    .map((line) => ({ ...line, ...catalogue[line.sku] }));
}

export const cartCount = () =>
  cartLines().reduce((count, line) => count + line.quantity, 0);

export const cartCents = () =>
  cartLines().reduce((cents, line) => cents + line.cents * line.quantity, 0);

const same = (sku, variant) => (line) =>
  line.sku === sku && line.variant === variant;

export function addToCart(sku, variant = "") {
  const lines = read(CART);
  const line = lines.find(same(sku, variant));
  if (line) line.quantity = Math.min(MAX_QUANTITY, line.quantity + 1);
  else lines.push({ sku, variant, quantity: 1 });
  write(CART, lines);
}

/** A quantity of 0 takes the line out. */
export function setQuantity(sku, variant, quantity) {
  const lines = read(CART);
  const line = lines.find(same(sku, variant));
  if (line) line.quantity = Math.min(MAX_QUANTITY, quantity);
  write(
    CART,
    lines.filter((kept) => kept.quantity > 0),
  );
}

export const emptyCart = () => write(CART, []);

export const wishlist = () => read(WISHLIST).filter((sku) => catalogue[sku]);

/** Returns whether the product is on the list afterwards. */
export function toggleWish(sku) {
  const list = wishlist();
  const wished = !list.includes(sku);
  write(WISHLIST, wished ? [...list, sku] : list.filter((s) => s !== sku));
  return wished;
}
