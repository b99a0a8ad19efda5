// @ts-check
// The list of what is bought with its sums, beside each checkout step and on the thank-you page.

import { money } from "./money.js";

function row(line) {
  const item = document.createElement("li");
  const picture = document.createElement("img");
  const name = document.createElement("span");
  const sum = document.createElement("span");
  Object.assign(picture, { src: line.picture, alt: "", width: 56, height: 56 });
  const variant = line.variant ? `, ${line.variant}` : "";
  name.textContent = `${line.quantity} × ${line.name}${variant}`;
  sum.textContent = money(line.cents * line.quantity);
  item.append(picture, name, sum);
  return item;
}

/** Without a delivery chosen yet, `deliveryCents` is undefined. */
export function showSummary(lines, deliveryCents) {
  const box = document.querySelector("[data-summary]");
  const put = (name, text) => {
    box.querySelector(`[data-${name}]`).textContent = text;
  };
  const goods = lines.reduce((sum, l) => sum + l.cents * l.quantity, 0);
  box.querySelector("ul").replaceChildren(...lines.map(row));
  put("goods", money(goods));
  put("total", money(goods + (deliveryCents ?? 0)));
  if (deliveryCents === undefined) put("delivery", "next step");
  else put("delivery", deliveryCents === 0 ? "free" : money(deliveryCents));
}
