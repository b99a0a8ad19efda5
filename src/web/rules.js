// The config's rules on the page: what is clicked, sent, shown and seen, and what came of it.
// @ts-check
import {
  above,
  at,
  fold,
  IGNORED,
  isPressed,
  MAX_TEXT,
  read,
  sink,
  targetOf,
  up,
} from "./dom.js";
import { EVENT_NAME, pattern } from "../../js/config.js";
import { offers, pushes } from "./offer.js";
import { add } from "./price.js";

/** Milliseconds after whatever may change the page, at which it is looked at again. */
const LOOKS_MS = [0, 250, 500, 1000, 2000, 4000, 8000];
/** What came of a click later than this is not told by it. */
const MAX_WAIT_MS = 10_000;
/** Shares at which elements are looked at beside those of the rules: a small part of a large one may fill the window. */
const STEPS = [0.1, 0.25];

/** The rules, as `read` of js/config.js makes them. @type {any[]} */
let rules;
/** Selector of what holds one item. @type {string | undefined} */
let card;
/** What is still to be done once the handlers of an event have run. @type {Set<() => void>} */
const tasks = new Set();
/** Acts that wait for their success. @type {any[]} */
let waits = [];
/** Page rules that this page view is done with. @type {Set<any>} */
const done = new Set();
/** @type {IntersectionObserver} */
let views;
/** Elements that are followed into view: by which rules, since when, enough of each is. @type {WeakMap<Element, Map<any, number>>} */
let followed;
/** Their numbers on this page view. @type {WeakMap<Element, number>} */
let numbers;
let nextNumber = 0;
/** @type {any} */
let timer;
/** Runs where an answered request says anything. @type {PerformanceObserver | undefined} */
let requests;
/** When the last request of a script began that has an answer by now. */
let requestedAt = 0;

/**
 * Takes in the rules; returns the undo.
 * @param {any} plan see `read` in js/config.js @param {any} on @param {number} wanted whether requests are of use to others
 */
export function take(plan, on, wanted) {
  rules = plan.$rules;
  card = plan.$card;
  keyed = new Map();
  heldAt = "";
  for (const rule of rules)
    if (rule.$kind === "c")
      for (const key of keysOf(rule.$selector))
        keyed.set(key, [...(keyed.get(key) ?? []), rule]);
  on("submit", submit);
  views = new IntersectionObserver((entries) => entries.forEach(see), {
    threshold: [...STEPS, ...rules.map(({ $percent }) => $percent / 100)],
  });
  requests = undefined;
  if (wanted || rules.some(({ $success }) => $success)) {
    requests = new PerformanceObserver((list) => answered(list.getEntries()));
    requests.observe({ type: "resource" });
  }
  return () => {
    clearTimeout(timer);
    views.disconnect();
    requests?.disconnect();
    tasks.clear();
    waits = [];
  };
}

/** The rules that hold on the page of this address, by their kind. @type {Record<string, any[]>} */
let held;
let heldAt = "";

/** Returns the rules of a kind that hold on this page. @param {string} kind */
function of(kind) {
  const { href } = location;
  if (heldAt !== href) {
    heldAt = href;
    held = {};
  }
  return (held[kind] ??= rules.filter(
    ({ $kind, $at }) => $kind === kind && (!$at || $at(href)),
  ));
}

/** By what an element that a click rule selects is known: the rules. @type {Map<string, any[]>} */
let keyed;

/**
 * Returns what any element that `selector` selects has one of: id, class, attribute or tag, as CSS begins it; `*` where that
 * is not plain to see.
 * @param {string} selector
 */
const keysOf = (selector) =>
  selector.split(",").map((one) => {
    const key = /(?:[.#]|(?<![\w.#:-]))[\w-]+$|\[[\w-]+(?=[^[\]]*\]$)/.exec(
      one.trim(),
    );
    return key && !selector.includes("\\") ? key[0].toLowerCase() : "*";
  });

/** Returns the click rules that may select `el` or an ancestor of it, in their order. @param {any} el */
function candidates(el) {
  const found = new Set(keyed.get("*"));
  const note = (/** @type {string} */ key) =>
    keyed.get(key.toLowerCase())?.forEach((rule) => found.add(rule));
  for (; el; el = above(el)) {
    note(el.localName);
    for (const name of el.getAttributeNames()) {
      note(`[${name}`);
      const sign = name === "id" ? "#" : ".";
      if (name === "id" || name === "class")
        for (const word of el.getAttribute(name).split(/\s+/))
          note(sign + word);
    }
  }
  return found.size ? of("c").filter((rule) => found.has(rule)) : [];
}

/**
 * Does what waits for the handlers of an event, at once: the page is out of view. Where a script has `led` away from it, the
 * forms that it took over were sent.
 * @param {boolean} led
 */
export function finish(led) {
  tasks.forEach((task) => task());
  tasks.clear();
  requested();
  arrived();
  settle((wait) => led && wait.$hit.localName === "form");
}

/** Does `task` once the handlers of the event in hand have run. @param {() => void} task */
export function after(task) {
  tasks.add(task);
  setTimeout(() => tasks.delete(task) && task());
}

/**
 * Begins a page view: what is shown and seen is reported anew. What a route left behind in the document is given a moment to go.
 * @param {boolean} [route]
 */
export function turn(route) {
  done.clear();
  numbers = new WeakMap();
  resume(route);
}

/** Comes back to a page view: what is in view is in view again. @param {boolean} [route] */
export function resume(route) {
  views.disconnect();
  followed = new WeakMap();
  if (route) schedule(0, true);
  else look(0, true);
}

/** Returns what is told of a rule's element: flags (1 pressed before, 2 in a card, 4 its item is the config's or the page's, 8
 * nobody acted), then the event's name, and key and text of each of its facts.
 * @param {any} rule @param {any} hit @param {Map<any, any>} [hits] what was pressed then, of a kept click */
function gather({ $name, $kind, $toggle, $fields, $item }, hit, hits) {
  const holder = card && up(hit, card);
  const said = [$name];
  /** @param {any[]} fields @param {any} [limit] */
  const tell = (fields, limit) => {
    for (const { $key, $literal, $selector, $attribute } of fields) {
      add(
        said,
        $key,
        $literal ?? fold(read(hit, $selector, $attribute, limit)),
      );
    }
  };
  tell($fields);
  // The config's `item` is read inside of a card, where it names one.
  if ($item && (holder || !card)) tell($item, holder);
  const pressed =
    $toggle === true
      ? (hits?.get(hit) ?? isPressed(hit))
      : $toggle && isPressed(hit, $toggle);
  return [
    (pressed ? 1 : 0) |
      (holder ? 2 : 0) |
      ($item ? 4 : 0) |
      (/p|v/.test($kind) ? 8 : 0),
    said.join("\x1f"),
  ];
}

/** Tells every click rule that `target` fulfils. @param {any} event @param {Element} target
 * @param {Map<any, any>} [hits] what selectors found then, and what of it was pressed, of a kept click */
export function clicked(event, target, hits) {
  for (const rule of hits ? of("c") : candidates(target)) {
    const { $selector } = rule;
    const hit = hits?.has($selector)
      ? hits.get($selector)
      : up(target, $selector);
    if (hit) act(rule, hit, event, hits);
  }
}

/** @param {any} event */
export function submit(event, form = targetOf(event)) {
  if (up(form, IGNORED)) return;
  for (const rule of of("f"))
    if (form.matches(rule.$selector)) act(rule, form, event);
  after(() => {
    if (event.defaultPrevented) return;
    sink.$away = at();
    settle((wait) => form.contains(wait.$hit));
  });
  soon();
}

/** Tells a rule, at once or when it has succeeded. @param {any} rule @param {any} hit @param {any} event
 * @param {Map<any, any>} [hits] */
function act(rule, hit, event, hits) {
  const { $kind, $success } = rule;
  const time = at(event.timeStamp);
  const found = gather(rule, hit, hits);
  const tell = () => sink.$acted(...found, time);
  if ($kind === "c" && !$success) return tell();
  const ready = $success && wait($success, hit, time, tell);
  after(() => {
    const leads = $kind === "f" || up(hit, "a[href]:not([href^='#'])");
    if (leads && !event.defaultPrevented) tell();
    else if (ready) ready();
  });
}

/**
 * Returns what starts waiting for `success`, to tell then: a selector of what is shown and was not when this was called, or a
 * pattern of an address that is asked for or gone to.
 * @param {string} $success @param {any} $hit @param {number} $time @param {() => void} $tell
 */
export function wait($success, $hit, $time, $tell) {
  const $fits = /^[/*]/.test($success) && pattern($success);
  const $before = new Set($fits ? [] : shown($success));
  const $from = location.href;
  return () => {
    waits.push({ $success, $hit, $time, $tell, $fits, $before, $from });
    soon();
  };
}

/** Tells what requests have answered. @param {any[]} entries */
function answered(entries) {
  for (const { name, initiatorType, responseStatus, startTime } of entries) {
    const refused = responseStatus > 399;
    // What another site refuses is nothing that was done here.
    if (refused && new URL(name).origin !== location.origin) continue;
    if (!/fetch|xml/.test(initiatorType) || name === sink.$collector) continue;
    requestedAt = at(startTime);
    settle(
      ({ $fits, $time }) => requestedAt >= $time && $fits && $fits(name),
      refused,
    );
  }
}

/** Returns when the last request of a script began that has an answer by now. */
export function requested() {
  answered(requests?.takeRecords() ?? []);
  return requestedAt;
}

/** Tells the waits whose address was gone to, or whose element has appeared. */
function arrived() {
  const { href } = location;
  settle(({ $fits, $from }) => href !== $from && $fits && $fits(href));
  // One appearance is of one act, the last: one that was refused before it waits in vain.
  for (const last of [...waits].reverse()) {
    if (last.$fits) continue;
    const el = [...shown(last.$success)].find((el) => !last.$before.has(el));
    if (!el) continue;
    waits.forEach(({ $before }) => $before.add(el));
    settle((wait) => wait === last);
  }
}

/**
 * Tells the waits that `has` names, unless they were refused, and forgets them and those that took too long.
 * @param {(wait: any) => any} has
 */
function settle(has, refused = false) {
  waits = waits.filter((wait) => {
    const hit = has(wait);
    if (hit && !refused) wait.$tell();
    return !hit && at() - wait.$time < MAX_WAIT_MS;
  });
}

/** Finds the elements of `selector` that have a box. @param {string} selector */
function* shown(selector) {
  for (const el of document.querySelectorAll(selector))
    if (el.getClientRects().length && !up(el, IGNORED)) yield el;
}

/** Looks at the page again soon, and then later and later. */
export const soon = () => schedule(0, false);

/** @param {number} turn @param {boolean} fresh */
function schedule(turn, fresh) {
  clearTimeout(timer);
  const ms = LOOKS_MS[turn + 1] - LOOKS_MS[turn];
  if (ms) timer = setTimeout(() => look(turn + 1, fresh), ms);
}

/** Looks at what the page shows now; `fresh` after it was loaded or turned to. @param {number} next @param {boolean} fresh */
function look(next, fresh) {
  if (fresh) offers();
  pushes();
  arrived();
  for (const rule of of("p")) {
    if (done.has(rule)) continue;
    const [el] = shown(rule.$selector);
    if (el && sink.$acted(...gather(rule, el), at())) done.add(rule);
  }
  const selectors = of("v").map(({ $selector }) => $selector);
  for (const el of selectors[0]
    ? document.querySelectorAll(`${selectors}`)
    : []) {
    if (followed.has(el) || up(el, IGNORED)) continue;
    followed.set(el, new Map());
    if (!numbers.has(el)) numbers.set(el, nextNumber++);
    views.observe(el);
  }
  sink.$greet?.();
  sink.$consult?.();
  schedule(next, fresh);
}

/** What an item says, and not the event: GA4's parameters of an item. */
const OF_ITEM =
  /^(item_.*|price|quantity|discount|index|affiliation|coupon|location_id)$/;

/** Tells what markup says: the event that `el` names, and its `data-spoor-*` attributes. @param {Element} el @param {any} event */
export function marked(el, event) {
  const prefix = "data-spoor";
  const name = el.getAttribute(prefix) ?? "";
  if (!EVENT_NAME.test(name)) return;
  const said = [name];
  for (const { name, value } of el.attributes) {
    const key = name.slice(prefix.length + 1);
    if (key && name.startsWith(prefix))
      add(
        said,
        Number(OF_ITEM.test(key)) + key,
        fold(value.slice(0, MAX_TEXT)),
      );
  }
  sink.$acted(0, said.join("\x1f"), at(event.timeStamp));
}

/** Tells of which rules' elements enough came into view, or left it before they were seen. @param {IntersectionObserverEntry} entry */
function see({ target, intersectionRatio, boundingClientRect, rootBounds }) {
  // What is larger than the window can never be in view by half: the window is full of it then.
  const whole = rootBounds
    ? Math.min(1, areaOf(rootBounds) / areaOf(boundingClientRect))
    : 1;
  const since = /** @type {Map<any, number>} */ (followed.get(target));
  const now = at();
  let isDone = since.size > 0;
  for (const rule of of("v")) {
    const began = since.get(rule);
    // It was seen: nobody has to know that it left.
    if (began && now - began >= rule.$ms) continue;
    if (!target.matches(rule.$selector)) continue;
    isDone = false;
    const enough = intersectionRatio * 100 >= rule.$percent * whole;
    if (enough === !!began) continue;
    if (enough) since.set(rule, now);
    else since.delete(rule);
    sink.$seen(
      rules.indexOf(rule),
      numbers.get(target),
      enough,
      rule.$ms,
      ...(enough ? gather(rule, target) : [0, ""]),
      now,
    );
  }
  if (isDone) views.unobserve(target);
}

/** @param {DOMRectReadOnly} box */
const areaOf = ({ width, height }) => width * height;
