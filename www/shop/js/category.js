// @ts-check
// The product grid: filters by kind, price and the words searched for, and sorts. The address keeps the kind.

import "./buying.js";
import "./newsletter.js";

const grid = document.querySelector("[data-grid]");
const form = document.querySelector("#filter");
const found = document.querySelector("[data-found]");
const cards = [...grid.children];
const query = new URLSearchParams(location.search);

const orders = {
  popular: (a, b) => cards.indexOf(a) - cards.indexOf(b),
  cheap: (a, b) => Number(a.dataset.price) - Number(b.dataset.price),
  dear: (a, b) => Number(b.dataset.price) - Number(a.dataset.price),
  name: (a, b) => titleOf(a).localeCompare(titleOf(b)),
};

const titleOf = (card) => card.querySelector(".title").textContent;

function show() {
  const chosen = new FormData(form);
  const kinds = chosen.getAll("kind");
  const upTo = Number(chosen.get("price"));
  const words = (query.get("q") ?? "").toLowerCase().split(/\s+/);
  const fits = (card) =>
    (kinds.length === 0 || kinds.includes(card.dataset.kind)) &&
    (upTo === 0 || Number(card.dataset.price) <= upTo) &&
    words.every((word) => card.textContent.toLowerCase().includes(word));

  const order = orders[chosen.get("sort")] ?? orders.popular;
  grid.append(...[...cards].sort(order));
  let count = 0;
  for (const card of cards) {
    card.hidden = !fits(card);
    if (!card.hidden) count += 1;
  }
  found.textContent = count === 1 ? "1 product" : `${count} products`;
  document.querySelector("[data-none]").toggleAttribute("hidden", count > 0);
}

function showAll() {
  form.reset();
  for (const box of form.querySelectorAll("[name=kind]")) box.checked = false;
  query.delete("q");
  show();
}

for (const kind of query.getAll("kind")) {
  const box = form.querySelector(`[name=kind][value="${CSS.escape(kind)}"]`);
  if (box) box.checked = true;
}
form.addEventListener("change", show);
form.addEventListener("submit", (event) => event.preventDefault());
document.querySelector("[data-show-all]").addEventListener("click", showAll);
show();
