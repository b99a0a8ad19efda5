// What the page says of the item that it shows, to search engines and tag managers.
// @ts-check
import { at, join, sink } from "./dom.js";
import { pack } from "../../js/pack.js";

/** What was reported last, and how far the shop's dataLayer was read. */
let [reported, pushed] = ["", 0];

/** Reports the page's item where it has changed. */
export function offers() {
  const said = join(Object.entries(product()).flat());
  if (said !== reported) sink.noted(3, (reported = said), at());
}

/** Reports what the shop has pushed to GA4's dataLayer since: events of ecommerce, by gtag or plain. Never alters it. */
export function pushes() {
  const layer = /** @type {any} */ (window).dataLayer;
  for (; pushed < layer?.length; pushed++) {
    const entry = layer[pushed];
    const [name, facts] =
      entry?.[0] === "event"
        ? [entry[1], entry[2]]
        : [entry?.event, entry?.ecommerce];
    if (typeof name === "string" && facts?.items)
      sink.noted(4, `${name}\x1f${pack(facts)}`, at());
  }
}

/** @param {any} value */
const first = (value) => (Array.isArray(value) ? value[0] : value);

/** Returns every product in JSON-LD. <https://schema.org/Product> @param {any} node @returns {any[]} */
function products(node, depth = 4) {
  if (!node || typeof node !== "object" || !depth) return [];
  if (Array.isArray(node)) return node.flatMap((one) => products(one, depth));
  if (/\bProduct(Group)?\b/.test(String(node["@type"]))) return [node];
  return [node["@graph"], node.mainEntity].flatMap((one) =>
    products(one, depth - 1),
  );
}

/** Returns the facts of the one product that the page is about; nothing where it is about none, or several. */
function product() {
  /** @type {any[]} */
  const found = [];
  for (const { textContent } of document.querySelectorAll(
    'script[type="application/ld+json"]',
  )) {
    try {
      found.push(...products(JSON.parse(textContent ?? "")));
    } catch {
      // Not ours to mend.
    }
  }
  if (found.length === 1) return ofNode(found[0]);
  const scopes = document.querySelectorAll('[itemtype$="schema.org/Product"]');
  return found.length || scopes.length !== 1 ? ofMeta() : ofScope(scopes[0]);
}

/** @param {any} node */
function ofNode(node) {
  const offer = first(node.offers ?? first(node.hasVariant)?.offers);
  const inner = first(offer?.offers) ?? offer;
  const price =
    inner?.price ?? inner?.lowPrice ?? first(inner?.priceSpecification)?.price;
  return facts({
    item_id:
      node.sku ??
      node.productGroupID ??
      node.productID ??
      node.mpn ??
      node.gtin13 ??
      first(node.hasVariant)?.sku,
    item_name: node.name,
    price: price ?? offer?.lowPrice,
    currency: inner?.priceCurrency ?? offer?.priceCurrency,
    item_brand: node.brand?.name ?? node.brand,
    item_category: first(node.category)?.name ?? first(node.category),
  });
}

/** @param {Element} scope */
function ofScope(scope) {
  const prop = (/** @type {string} */ name) => {
    const el = scope.querySelector(`[itemprop="${name}"]`);
    return el?.getAttribute("content") ?? el?.textContent;
  };
  return facts({
    item_id: prop("sku") ?? prop("productID") ?? prop("mpn"),
    item_name: prop("name"),
    price: prop("price") ?? prop("lowPrice"),
    currency: prop("priceCurrency"),
  });
}

/** OpenGraph, of a page that calls itself a product. */
function ofMeta() {
  const meta = (/** @type {string} */ name) =>
    document
      .querySelector(`meta[property$="${name}"]`)
      ?.getAttribute("content");
  if (!/product/.test(meta("og:type") ?? "")) return {};
  return facts({
    item_id: meta("product:retailer_item_id"),
    item_name: meta("og:title"),
    price: meta("price:amount"),
    currency: meta("price:currency"),
  });
}

/** Leaves out what is not said. @param {Record<string, any>} all */
const facts = (all) =>
  Object.fromEntries(
    Object.entries(all).filter(([, text]) => /string|number/.test(typeof text)),
  );
