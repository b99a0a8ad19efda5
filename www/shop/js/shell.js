// @ts-check
// What every page has: the counts in the header and the line that says what just happened.

import { cartCount, onChange, wishlist } from "./store.js";

const SAID_FOR_MS = 3200;

function showCounts() {
  for (const [name, count] of [
    ["cart", cartCount()],
    ["wishlist", wishlist().length],
  ]) {
    const badge = document.querySelector(`[data-count="${name}"]`);
    if (!badge) continue;
    badge.textContent = String(count);
    badge.toggleAttribute("hidden", count === 0);
  }
}

let silence;

/** Says `text` to everybody: shown for a moment, and read out by screen readers. */
export function say(text) {
  const toast = document.querySelector("[data-toast]");
  if (!toast) return;
  toast.textContent = text;
  toast.classList.add("shown");
  clearTimeout(silence);
  silence = setTimeout(() => toast.classList.remove("shown"), SAID_FOR_MS);
}

showCounts();
onChange(showCounts);
