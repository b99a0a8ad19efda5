// @ts-check
// The order under way: what the checkout steps have gathered, and the order placed last. Kept for the tab's life.

import { cartCents, cartLines } from "./store.js";

const DRAFT = "corrie.checkout";
const PLACED = "corrie.order";
const FREE_DELIVERY_FROM_CENTS = 10000;

export const deliveries = {
  standard: { name: "Standard, 3 to 5 working days", cents: 690 },
  express: { name: "Express, next working day", cents: 1490 },
  collect: { name: "Collect from the Kenmare workshop", cents: 0 },
};

const read = (key) => JSON.parse(sessionStorage.getItem(key) ?? "null");
const write = (key, value) =>
  sessionStorage.setItem(key, JSON.stringify(value));

export const draft = () => read(DRAFT) ?? {};
export const amendDraft = (facts) => write(DRAFT, { ...draft(), ...facts });

export function deliveryCents(delivery, goodsCents) {
  const free =
    delivery === "standard" && goodsCents >= FREE_DELIVERY_FROM_CENTS;
  return free ? 0 : (deliveries[delivery]?.cents ?? 0);
}

/** An order number as printed on the parcel, such as "CO-26417-3841". */
function newNumber() {
  const [first, second] = crypto.getRandomValues(new Uint32Array(2));
  return `CO-${10000 + (first % 90000)}-${1000 + (second % 9000)}`;
}

/** Makes an order of the cart and the draft. */
export function place() {
  const { name, email, delivery } = draft();
  const goodsCents = cartCents();
  write(PLACED, {
    number: newNumber(),
    name,
    email,
    delivery,
    lines: cartLines(),
    goodsCents,
    deliveryCents: deliveryCents(delivery, goodsCents),
    reported: false,
  });
  sessionStorage.removeItem(DRAFT);
}

export const placed = () => read(PLACED);

/** True only once for an order: a reload of the thank-you page is no second purchase. */
export function firstReport() {
  const order = placed();
  if (!order || order.reported) return false;
  write(PLACED, { ...order, reported: true });
  return true;
}
