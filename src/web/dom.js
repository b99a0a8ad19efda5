// What the document says: facts, read and never judged, and the platform's few services to the core.
// JavaScript and not web-sys, because one crossing per event costs less than one per fact.
// A name that begins with `$` is said between our own files alone; the bundle shortens it, and the Wasm's exports are
// called so.
// @ts-check
import { draft, drop, keep, send } from "./post.js";
import { deliver, later } from "./report.js";
import { IGNORED, TYPED } from "./shared.js";
import { save } from "./store.js";

export * from "./shared.js";

/**
 * Whoever is told; js/guard.js makes it, none of its calls throws.
 * @type {Record<string, any>}
 */
export let sink;

/** Names who is told. @param {Record<string, any>} guarded */
export function connect(guarded) {
  sink = guarded;
}

/** Nothing in these is read. */
const UNREAD = `${IGNORED},[data-spoor-mask]`;
/** States of a button that was pressed before. */
const PRESSED =
  "[aria-pressed=true],[aria-checked=true],.active,.is-active,.added,.is-added,.selected,.in-wishlist,.wishlisted";
/** Parameters of an address that say which campaign brought the visit; no others are read. */
const CAMPAIGN =
  "utm_source utm_medium utm_campaign utm_term utm_content utm_id gclid gbraid wbraid dclid msclkid fbclid ttclid twclid li_fat_id epik ScCid rdt_cid irclickid awc cjevent mc_cid";
/** Parameters by which shops ask for what was searched; GA4's, and those of the larger shop systems. */
const SEARCHES = "q s search query keyword search_query search_term";
/** Characters read of one text; the core keeps fewer. */
export const MAX_TEXT = 1000;

/**
 * Returns the nearest of `el` and its ancestors that `selector` names, through shadow roots.
 * @param {any} el @param {string} selector @returns {Element | undefined}
 */
export function up(el, selector) {
  for (; el; el = el.getRootNode().host) {
    const hit = el.closest(selector);
    if (hit) return hit;
  }
}

/** Returns the element around `el`, or the host of the shadow root that it lies in. @param {any} el */
export const above = (el) => el.parentElement ?? el.getRootNode().host;

/** Returns the element that an event befell, though in an open shadow root. @param {any} event */
export const targetOf = (event) =>
  // The path is a list of all that is around, made for each event anew.
  event.target.shadowRoot ? event.composedPath()[0] : event.target;

/** Returns whether an element, or what it holds, is in one of some states. @param {Element} el */
export const isPressed = (el, states = PRESSED) =>
  el.matches(states) || !!el.querySelector(states);

/** @param {string} selector */
export function isSelector(selector) {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads a text near `el`: an attribute of the nearest ancestor that has it, or the text or attribute of what `selector`
 * finds in the nearest ancestor that holds one, no farther up than `limit`; nothing where neither is named.
 * @param {any} el @param {string} selector @param {string} attribute @param {Element} [limit]
 * @returns {string | undefined}
 */
export function read(el, selector, attribute, limit) {
  /** @type {any} */
  let found;
  if (attribute && !selector) {
    const any = `[${attribute}]`;
    found = up(el, any);
    if (limit && !limit.contains(found)) found = limit.querySelector(any);
  }
  while (selector && el && !found) {
    // Most that is clicked holds nothing: no need to look into it.
    found = el.matches?.(selector)
      ? el
      : el.firstElementChild && el.querySelector(selector);
    el = el === limit ? null : (el.parentNode ?? el.host);
  }
  if (!found || up(found, attribute ? UNREAD : `${UNREAD},${TYPED}`)) return;
  if (attribute) {
    const typed = /^value$/i.test(attribute) && found.matches(TYPED);
    const said = typed ? undefined : found.getAttribute(attribute);
    // Microdata says it by `content`, or else by the text.
    if (said || attribute !== "content") return said?.slice(0, MAX_TEXT);
  }
  if (
    found.closest(TYPED) ||
    (found.firstElementChild && found.querySelector(TYPED))
  )
    return;
  return found.textContent.slice(0, MAX_TEXT);
}

/** Takes the separators out of a text that the core knows; of what is no text at all, nothing is left. @param {unknown} text */
export const plain = (text) => {
  try {
    return String(text ?? "").replace(/[\x1c-\x1f]/g, " ");
  } catch {
    return "";
  }
};

/** Folds the white space of a text, and the separators. @param {unknown} text */
export const fold = (text) =>
  String(text ?? "")
    .replace(/[\s\x1c-\x1f]+/g, " ")
    .trim();

/** Joins texts for the core. @param {any[]} texts */
export const join = (texts) => texts.map(fold).join("\x1f");

/** Returns the facts of the page in the order of `page_facts` in src/web/mod.rs. */
export function page() {
  const { lang, scrollWidth, scrollHeight } = document.documentElement;
  const language = lang || navigator.language;
  const query = new URLSearchParams(location.search);
  /** @type {string[]} */
  const kept = sink.$query ?? [];
  const search = SEARCHES.split(" ").find((name) => query.get(name)) ?? "";
  const said = (/** @type {string[]} */ names) =>
    join(
      names.flatMap((name) => (query.has(name) ? [name, query.get(name)] : [])),
    );
  return [
    join([
      location.href,
      document.title,
      document.referrer,
      language,
      search && `=${kept.includes(search) ? query.get(search) : ""}`,
      innerWidth,
      innerHeight,
      scrollWidth,
      scrollHeight,
    ]),
    said(CAMPAIGN.split(" ")),
    said(kept),
  ].join("\x1e");
}

let origin = 0;
/** Returns the time of an event's `timeStamp` in ms since 1970, by a clock that does not jump. */
export const at = (timeStamp = performance.now()) =>
  (origin ||= performance.timeOrigin) + timeStamp;

/** What the core has done, by the codes of `run` in src/web/mod.rs. @type {((...said: any[]) => void)[]} */
const DEEDS = [send, tell, answer, save, wake, drop, keep, draft];

/** Does what the core wants done: a code and texts, and behind each a mark of its end. @param {string} text */
export function act(text) {
  for (const line of text.split("\x1c").slice(0, -1)) {
    const [code, ...said] = line.split("\x1d");
    sink.$net?.pass(said, code);
    sink.$debug?.("does", [line]);
    DEEDS[+code](...said);
  }
}

/** Tells the shop's own code. @param {string} name @param {string} params as JSON */
function tell(name, params) {
  sink.$tell(name, params);
}

/** Hands over what a call has to say, for the caller to pick up. @param {string} text */
function answer(text) {
  sink.$answer = text;
}

/** Wakes the core in `ms`, or with what is told before. @param {string} ms */
function wake(ms) {
  later(deliver, +ms);
}

/** Returns how much of an element fits into the window. @param {IntersectionObserverEntry} entry */
export const wholeOf = ({ boundingClientRect, rootBounds }) =>
  rootBounds ? Math.min(1, areaOf(rootBounds) / areaOf(boundingClientRect)) : 1;

/** @param {DOMRectReadOnly} box */
const areaOf = ({ width, height }) => width * height;
