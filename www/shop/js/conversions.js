// @ts-check
// What the pages themselves report to spoor; everything else is recognised from the markup (see tracking.js).

import { CURRENCY } from "./money.js";

const euros = (cents) => Math.round(cents) / 100;

/** A cart line as a GA4 item. */
const item = (line) => ({
  item_id: line.sku,
  item_name: line.name,
  price: euros(line.cents),
  quantity: line.quantity,
  ...(line.variant ? { item_variant: line.variant } : {}),
});

/** Reports `name` with the lines as its items and the sum of their prices as its value. */
export function report(name, lines, params = {}) {
  const cents = lines.reduce((sum, l) => sum + l.cents * l.quantity, 0);
  window.spoor = window.spoor || [];
  window.spoor.push([
    "track",
    name,
    {
      currency: CURRENCY,
      value: euros(cents),
      ...params,
      items: lines.map(item),
    },
  ]);
}
