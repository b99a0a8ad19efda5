// The config's rules on the page: what is clicked, sent, shown and seen, and what came of it.
// @ts-check
import {
  above,
  at,
  fold,
  IGNORED,
  isPressed,
  MAX_TEXT,
  PROMISING,
  read,
  sink,
  SLACK_MS,
  targetOf,
  up,
  WAIT_MS,
  wholeOf,
} from "./dom.js";
import { EVENT_NAME, pattern } from "../../js/config.js";
import { offers, pushes } from "./offer.js";
import { add } from "./price.js";
import { ACTED, after, ask, deliver, later, report } from "./report.js";

/** Milliseconds after what may change the page, at which it is looked at again. */
const LAST_LOOK_MS = 8000;
const LOOKS_MS = [WAIT_MS, 2000, 4000, LAST_LOOK_MS];
/** After it was turned to, it is looked at sooner. */
const FIRST_LOOK_MS = 250;
/** What came of a click later than this is not told by it. */
const MAX_WAIT_MS = 10_000;
/** Elements seen on one page view; who scrolls past more sees none of them. */
const MAX_SEEN = 500;
const TOGETHER_MS = 250;
/** Shares at which elements are looked at beside those of the rules: a small part of a large one may fill the window. */
const STEPS = [0.1, 0.25];

/** The rules, as `read` of js/config.js makes them. @type {any[]} */
let rules;
/** Selector of what holds one item. @type {string | undefined} */
let card;
/** Acts that wait for their success. @type {any[]} */
let waits = [];
/** Page rules that this page view is done with. @type {Set<any>} */
const done = new Set();
/** Sees elements come into view; of those that are larger than the window, the second sees smaller shares. @type {IntersectionObserver[]} */
let views;
/** Elements that are followed into view, and since when, by their rules. @type {WeakMap<Element, Map<any, any>>} */
let followed;
/** Of these, what is in view and not yet seen. @type {Set<any>} */
const inView = new Set();
/** By which rules elements were seen on this page view, and how many. @type {WeakMap<Element, Set<any>>} */
let seen;
let seenCount = 0;
/** Whether elements have come since they were looked for, and what sees that. */
let grown = true;
/** @type {MutationObserver} */
let growth;
/** When it was that something may have changed the page, and until when this is one that was just begun. */
let changedAt = 0;
let freshUntil = 0;
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
  const keys = [...keyed.keys()].filter((key) => key !== "*");
  // A longer list takes longer than the walk that it saves.
  meaning =
    keys.length > MAX_KEYS
      ? "*"
      : [
          `${IGNORED},[data-spoor],${PROMISING}`,
          ...keys.map((key) => (key[0] === "[" ? `${key}]` : key)),
        ].join();
  on("submit", submit);
  const percents = rules.map(({ $percent }) => $percent / 100);
  views = [percents, [...STEPS, ...percents]].map(
    (threshold) => new IntersectionObserver(see, { threshold }),
  );
  growth = new MutationObserver((records) => {
    grown ||= records.some(({ addedNodes }) =>
      [...addedNodes].some(({ nodeType }) => nodeType < 2),
    );
    if (grown) growth.disconnect();
  });
  requests = undefined;
  if (wanted || rules.some(({ $success }) => $success)) {
    requests = new PerformanceObserver((list) => answered(list.getEntries()));
    requests.observe({ type: "resource" });
  }
  return () => {
    growth.disconnect();
    inView.clear();
    views.forEach((observer) => observer.disconnect());
    requests?.disconnect();
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
/** Selects all that means anything to a click. */
let meaning = "";
/** As many rules are looked up by what their elements are known by. */
const FEW = 20;
/** Keys in `meaning` at most. */
const MAX_KEYS = 100;

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

/**
 * Returns `el` and those around it that mean anything to a click, the innermost first; nothing where it is not to be recorded.
 * @param {any} el
 */
export function meant(el) {
  /** @type {Element[]} */
  const found = [];
  for (; (el = up(el, meaning)); el = above(el)) {
    if (el.matches(IGNORED)) return;
    found.push(el);
  }
  return found;
}

/** Returns the click rules that may select one of `those`, in their order. @param {Element[]} those see `meant` */
function candidates(those) {
  // Few are tried sooner than they are looked up.
  const all = of("c");
  if (all.length < FEW) return those[0] || keyed.has("*") ? all : [];
  const found = new Set(keyed.get("*"));
  const note = (/** @type {string} */ key) =>
    keyed.get(key.toLowerCase())?.forEach((rule) => found.add(rule));
  for (const el of those) {
    note(el.localName);
    for (const name of el.getAttributeNames()) {
      note(`[${name}`);
      const sign = name === "id" ? "#" : ".";
      if (name === "id" || name === "class")
        for (const word of /** @type {string} */ (el.getAttribute(name)).split(
          /\s+/,
        ))
          note(sign + word);
    }
  }
  return found.size ? all.filter((rule) => found.has(rule)) : [];
}

/**
 * Does what waits for the handlers of an event, at once: the page is out of view. Where a script has `led` away from it, the
 * forms that it took over were sent.
 * @param {boolean} led
 */
export function finish(led) {
  deliver();
  tellSeen();
  inView.clear();
  requested();
  arrived();
  settle((wait) => led && wait.$hit.localName === "form");
}

/**
 * Begins a page view: what is shown and seen is reported anew. What a route left behind in the document is given a moment to go.
 * @param {boolean} [route]
 */
export function turn(route) {
  done.clear();
  seen = new WeakMap();
  seenCount = 0;
  freshUntil = at() + LAST_LOOK_MS;
  resume(route);
}

/** Comes back to a page view: what is in view is in view again. @param {boolean} [route] */
export function resume(route) {
  views.forEach((observer) => observer.disconnect());
  followed = new WeakMap();
  grown = true;
  soon(FIRST_LOOK_MS);
  if (!route) look();
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
  return /** @type {[number, string]} */ ([
    (pressed ? 1 : 0) |
      (holder ? 2 : 0) |
      ($item ? 4 : 0) |
      (/p|v/.test($kind) ? 8 : 0),
    said.join("\x1f"),
  ]);
}

/** Tells every click rule that `target` fulfils. @param {any} event @param {Element} target @param {Element[]} those see `meant`
 * @param {Map<any, any>} [hits] what selectors found then, and what of it was pressed, of a kept click */
export function clicked(event, target, those, hits) {
  for (const rule of hits ? of("c") : candidates(those)) {
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
  const tell = () => report(ACTED, time, [found[0]], found[1]);
  if ($kind === "c" && !$success) return tell();
  const lead = $success ? wait($success, hit, time, tell) : tell;
  after(() => {
    const leads = $kind === "f" || up(hit, "a[href]:not([href^='#'])");
    if (leads && !event.defaultPrevented) lead();
  });
}

/**
 * Waits for `success`, to tell then: a selector of what is shown and is not yet, or a pattern of an address that is asked for or
 * gone to. Returns what tells at once, unless it was told.
 * @param {string} $success @param {any} $hit @param {number} $time @param {() => void} $tell
 */
export function wait($success, $hit, $time, $tell) {
  const $fits = /^[/*]/.test($success) && pattern($success);
  const $before = new Set($fits ? [] : shown($success));
  const $from = location.href;
  const it = { $success, $hit, $time, $tell, $fits, $before, $from };
  waits.push(it);
  soon();
  return () => settle((wait) => wait === it);
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

/** Looks at the page again soon, and then later and later: it may change. @param {number} [ms] until the first look */
export function soon(ms = WAIT_MS) {
  changedAt = at();
  later(look, ms);
}

/** Looks at what the page shows now. */
function look() {
  const elapsed = at() - changedAt;
  const next = LOOKS_MS.find((ms) => ms > elapsed + SLACK_MS);
  if (next) later(look, next - elapsed);
  // What a whole page says of itself changes with the page.
  const fresh = at() <= freshUntil;
  if (fresh) offers();
  pushes();
  arrived();
  for (const rule of of("p")) {
    const { $selector } = rule;
    if (done.has(rule) || (!fresh && $selector === ":root")) continue;
    const [el] = shown($selector);
    if (!el) continue;
    const [flags, said] = gather(rule, el);
    if (ask(ACTED, [flags], said)) done.add(rule);
  }
  const selectors = grown ? of("v").map(({ $selector }) => $selector) : [];
  if (selectors[0]) {
    grown = false;
    growth.observe(document, { childList: true, subtree: true });
    for (const el of document.querySelectorAll(`${selectors}`)) {
      if (followed.has(el) || up(el, IGNORED)) continue;
      followed.set(el, new Map());
      views[0].observe(el);
    }
  }
  sink.$greet?.();
  sink.$consult?.();
  deliver();
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
  report(ACTED, at(event.timeStamp), [0], said.join("\x1f"));
}

/** Notes of which rules' elements enough comes into view, or leaves it before they were seen. @param {IntersectionObserverEntry[]} entries
 * @param {IntersectionObserver} observer */
function see(entries, observer) {
  const now = at();
  const those = of("v");
  for (const entry of entries) {
    const { target, intersectionRatio } = entry;
    const its = /** @type {Map<any, any>} */ (followed.get(target));
    // What is larger than the window can never be in view by half: the window is full of it then.
    const whole = intersectionRatio < 1 ? wholeOf(entry) : 1;
    if (whole < 1 && observer === views[0]) {
      observer.unobserve(target);
      views[1].observe(target);
      continue;
    }
    for (const rule of those) {
      const view = its.get(rule);
      // It was seen: it makes no difference that it left.
      if (view && now - view.$at >= rule.$ms) continue;
      const enough = intersectionRatio * 100 >= rule.$percent * whole;
      if (enough === !!view || !target.matches(rule.$selector)) continue;
      if (enough) {
        const view = { $at: now, $rule: rule, $target: target };
        its.set(rule, view);
        inView.add(view);
        later(tellSeen, rule.$ms);
      } else {
        its.delete(rule);
        inView.delete(view);
      }
    }
  }
}

/** Tells what was in view for long enough, once on a page view. */
function tellSeen() {
  let next = Infinity;
  for (const view of inView) {
    const { $at, $rule, $target } = view;
    const left = $at + $rule.$ms - at();
    if (left > 0) {
      next = Math.min(next, left);
      continue;
    }
    inView.delete(view);
    const told = seen.get($target) ?? new Set();
    if (told.has($rule) || ++seenCount > MAX_SEEN) continue;
    seen.set($target, told.add($rule));
    const [flags, said] = gather($rule, $target);
    report(ACTED, at(), [flags], said);
  }
  // Elements come into view one after another: a few are told together.
  if (inView.size) later(tellSeen, Math.max(next, TOGETHER_MS));
}
