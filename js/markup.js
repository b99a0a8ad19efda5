// What an element says it tells: as attributes, which the core knows on every page, or as the parameters of an event.
// @ts-check

/** As exact as js/pack.js is: what sums leave behind would be too many digits for a price. */
const EXACT = 1e6;
/** By how many decimals a number may be either 1299 or 1.299 where it is read: src/web/price.js. */
const UNCLEAR = /\.\d{3}$/;

/** @param {number} value */
function numeral(value) {
  const text = `${Math.round(value * EXACT) / EXACT}`;
  return UNCLEAR.test(text) ? `${text}0` : text;
}

/**
 * Returns the attributes by which an element tells `event` when it is clicked.
 * @param {any} said
 * @returns {Record<string, string>}
 */
export function markup(said) {
  const { event, item, params } = said ?? {};
  /** @type {Record<string, string>} */
  const all = {};
  if (!event) return all;
  all["data-spoor"] = event;
  for (const [key, value] of Object.entries({ ...params, ...item })) {
    if (value === undefined || value === null || typeof value === "object")
      continue;
    all[`data-spoor-${key}`] =
      typeof value === "number" ? numeral(value) : `${value}`;
  }
  return all;
}

/**
 * Returns the parameters of the event as the core makes them of such attributes.
 * @param {{ item?: any, params?: any }} said
 */
export function paramsOf({ item, params }) {
  const { currency, ...facts } = item ?? {};
  const { price, quantity = 1 } = facts;
  return {
    ...(typeof price === "number" && { value: price * quantity }),
    ...(currency && { currency }),
    ...params,
    ...(item && { items: [facts] }),
  };
}
