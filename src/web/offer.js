// What the page says of the item that it shows, to search engines and tag managers.
// @ts-check
import { at, fold, plain, read, sink } from "./dom.js";
import { add } from "./price.js";
import { OFFERED, PUSHED, report } from "./report.js";
import { pack } from "../../js/pack.js";

/** Names of a fact in <https://schema.org/Product>, and at the end of an OpenGraph property, the surest first. */
const FACTS = {
  "1item_id": "productGroupID sku productID mpn gtin13 retailer_item_id",
  "1item_name": "name title",
  "1price": "price lowPrice price:amount",
  "0currency": "priceCurrency price:currency",
  "1item_brand": "brand",
  "1item_category": "category",
};

/** Reports the page's item where it has changed. */
export function offers() {
  /** @type {string[]} */
  const facts = [];
  for (const [key, text] of product()) add(facts, key, fold(text));
  const said = facts.join("\x1f");
  if (said !== (sink.$offered ?? "")) report(OFFERED, at(), [], said);
  sink.$offered = said;
}

/** Reports what the shop has pushed to GA4's dataLayer since: events of ecommerce, by gtag or plain. Never alters it. */
export function pushes() {
  const { dataLayer } = /** @type {any} */ (window);
  if (!dataLayer?.length) return;
  // Google's tag manager drops the oldest entries of a long one.
  for (const entry of dataLayer.slice(
    dataLayer.lastIndexOf(sink.$pushed) + 1,
  )) {
    sink.$pushed = entry;
    const [name, facts] =
      entry?.[0] === "event"
        ? [entry[1], entry[2]]
        : [entry?.event, entry?.ecommerce];
    if (typeof name === "string" && facts?.items)
      report(PUSHED, at(), [], plain(name), pack(facts));
  }
}

/** @param {any} value */
const first = (value) => [value].flat()[0];

/** Returns name and value of each fact that `get` finds under one of its names. @param {(name: string) => any} get */
const facts = (get) =>
  Object.entries(FACTS).flatMap(([fact, names]) => {
    for (const name of names.split(" ")) {
      const value = first(get(name));
      const text = value?.name ?? value;
      if (/string|number/.test(typeof text) && text !== "")
        return [[fact, text]];
    }
    return [];
  });

/** Returns every product in JSON-LD, but not those inside of others. @param {any} node @returns {any[]} */
const products = (node) =>
  [node].flat().flatMap((one) => {
    if (/\bProduct(Group)?\b/.test(one?.["@type"])) return [one];
    return one ? products(one["@graph"] ?? one.mainEntity) : [];
  });

/** Returns the facts of the one product that the page is about; nothing where it is about none, or several. */
function product() {
  const found = [
    ...document.querySelectorAll('script[type="application/ld+json"]'),
  ].flatMap(({ textContent }) => {
    try {
      return products(JSON.parse(textContent ?? ""));
    } catch {
      // Not ours to mend.
      return [];
    }
  });
  if (found.length === 1) {
    const [node] = found;
    const variant = first(node.hasVariant);
    const offer = first(node.offers ?? variant?.offers);
    const inner = first(offer?.offers);
    const price = first((inner ?? offer)?.priceSpecification);
    const all = { ...variant, ...price, ...offer, ...inner, ...node };
    return facts((name) => all[name]);
  }
  const [scope, another] = document.querySelectorAll(
    '[itemtype$="schema.org/Product"]',
  );
  if (scope && !another && !found.length)
    return facts((name) =>
      read(scope, `[itemprop="${name}"]`, "content", scope),
    );
  const meta = (/** @type {string} */ name) =>
    document
      .querySelector(`meta[property$=":${name}"]`)
      ?.getAttribute("content");
  return /product/.test(meta("type") ?? "") ? facts(meta) : [];
}
