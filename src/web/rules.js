// The config's rules on the page: what is clicked, sent, shown and seen, and what came of it.
// @ts-check
import { at, join, isPressed, read, sink, up } from "./dom.js";
import { offers, pushes } from "./offer.js";

/** Milliseconds after whatever may change the page, at which it is looked at again. */
const LOOKS_MS = [250, 500, 1000, 2000, 4000, 8000];
/** What came of a click later than this is not told by it. */
const MAX_WAIT_MS = 10_000;
/** Shares of an element at which its coming into view is reported. */
const SHARES = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

/** Per rule: kind (`c` click, `f` form, `p` page, `v` view), selector, success, toggle, count of its own fields, then selector
 * and attribute of each field. @type {any[][]} */
let rules;
/** Selector of what holds one item. */
let card = "";
/** What is still to be done once the handlers of an event have run. @type {Set<() => void>} */
const tasks = new Set();
/** Acts that wait for their success. @type {any[]} */
let waits = [];
/** Page rules that this page view is done with. @type {Set<number>} */
const done = new Set();
/** @type {IntersectionObserver | undefined} */
let views;
/** Numbers of the elements that were followed into view. @type {WeakMap<Element, number>} */
const numbers = new WeakMap();
let nextNumber = 0;
/** The rules that each element is followed for on this page view. @type {WeakMap<Element, Set<number>>} */
let viewed = new WeakMap();
/** @type {any} */
let timer;
/** @type {PerformanceObserver | undefined} */
let requests;

/** Takes in the rules, see `plan` in src/web/mod.rs. @param {string} plan @param {any} on */
export function take(plan, on) {
  const [first, ...records] = plan.split("\x1e");
  card = first;
  rules = records.map((record) => record.split("\x1f"));
  on("submit", submit);
  views = new IntersectionObserver((entries) => entries.forEach(see), {
    threshold: SHARES,
  });
}

/** Returns the selectors of what is clicked. */
export const clickable = () =>
  rules.filter(([kind]) => kind === "c").map((rule) => rule[1]);

/**
 * Does what waits for the handlers of an event, at once: the page is out of view. Where a script has `led` away from it, the
 * forms that it took over were sent.
 * @param {boolean} led
 */
export function finish(led) {
  tasks.forEach((task) => task());
  tasks.clear();
  if (requests) answered(requests.takeRecords());
  arrived();
  settle((wait) => led && wait.hit.localName === "form");
}

/** Does `task` once the handlers of the event in hand have run. @param {() => void} task */
export function after(task) {
  tasks.add(task);
  setTimeout(() => tasks.delete(task) && task());
}

/** Stops everything. */
export function drop() {
  clearTimeout(timer);
  views?.disconnect();
  requests?.disconnect();
  tasks.clear();
  waits = [];
}

/**
 * Begins a page view, or comes back to one: what is shown and seen is reported anew. What a route left behind in the document is
 * given a moment to go.
 * @param {boolean} [route]
 */
export function turn(route) {
  done.clear();
  views?.disconnect();
  viewed = new WeakMap();
  if (route) schedule(0, true);
  else look(0, true);
}

/** Returns what the fields of a rule find at `hit`: a bitmask (1 pressed before, 2 in a card), and the texts.
 * @param {number} index @param {any} hit @param {Map<any, any>} [hits] what was pressed then, of a kept click */
function gather(index, hit, hits = new Map()) {
  const [, , , toggle, own, ...fields] = rules[index];
  const holder = card && up(hit, card);
  const texts = [];
  for (let i = 0; i < fields.length; i += 2) {
    const [selector, attribute] = fields.slice(i, i + 2);
    if (i < own * 2) texts.push(read(hit, selector, attribute));
    else if (holder || !card)
      texts.push(read(hit, selector, attribute, holder || undefined));
    else texts.push("");
  }
  const pressed =
    toggle === "*"
      ? (hits.get(hit) ?? isPressed(hit))
      : toggle && isPressed(hit, toggle);
  return [(pressed ? 1 : 0) | (holder ? 2 : 0), join(texts)];
}

/** Tells every click rule that `target` fulfils. @param {any} event @param {Element} target
 * @param {Map<any, any>} [hits] what selectors found then, and what of it was pressed, of a kept click */
export function clicked(event, target, hits) {
  rules.forEach(([kind, selector], index) => {
    if (kind !== "c") return;
    const hit = hits?.has(selector) ? hits.get(selector) : up(target, selector);
    if (hit) act(index, hit, event, hits);
  });
}

/** @param {any} event */
export function submit(event, form = event.composedPath()[0] ?? event.target) {
  rules.forEach(([kind, selector], index) => {
    if (kind === "f" && form.matches(selector)) act(index, form, event);
  });
  after(() => {
    if (event.defaultPrevented) return;
    sink.away = at();
    waits = waits.filter((wait) => {
      if (form.contains(wait.hit)) wait.tell();
      return !form.contains(wait.hit);
    });
  });
  soon();
}

/** Tells rule `index`, at once or when it has succeeded. @param {number} index @param {any} hit @param {any} event
 * @param {Map<any, any>} [hits] */
function act(index, hit, event, hits) {
  const [kind, , success] = rules[index];
  const time = at(event.timeStamp);
  const found = gather(index, hit, hits);
  const tell = () => sink.acted(index, ...found, time);
  if (kind === "c" && !success) return tell();
  const ready = success && wait(success, hit, time, tell);
  after(() => {
    const leads = kind === "f" || up(hit, "a[href]:not([href^='#'])");
    if (leads && !event.defaultPrevented) tell();
    else if (ready) ready();
  });
}

/**
 * Returns what starts waiting for `success`, to tell then: a selector of what is shown and was not when this was called, or a
 * pattern of an address that is asked for or gone to.
 * @param {string} success @param {any} hit @param {number} time @param {() => void} tell
 */
export function wait(success, hit, time, tell) {
  const pattern = /^[/*]/.test(success) && toRegExp(success);
  const before = new Set(
    pattern ? [] : [...document.querySelectorAll(success)].filter(hasBox),
  );
  const from = location.href;
  if (pattern && !requests) {
    requests = new PerformanceObserver((list) => answered(list.getEntries()));
    requests.observe({ type: "resource" });
  }
  return () => {
    waits.push({ pattern, success, hit, time, tell, before, from });
    soon();
  };
}

/** @param {string} pattern */
const toRegExp = (pattern) =>
  new RegExp(
    `^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`,
  );

/** Returns whether an address fits: by its path, or by path and query. @param {RegExp} pattern @param {string} url */
function fits(pattern, url) {
  const { pathname, search } = new URL(url);
  return pattern.test(pathname) || pattern.test(pathname + search);
}

/** Tells what requests have answered. @param {any[]} entries */
function answered(entries) {
  for (const { name, initiatorType, responseStatus, startTime } of entries) {
    const refused = responseStatus > 399;
    // What another site refuses is nothing that was done here.
    if (refused && new URL(name).origin !== location.origin) continue;
    if (/fetch|xml/.test(initiatorType) && name !== sink.collector)
      settle(
        (wait) =>
          wait.pattern &&
          at(startTime) >= wait.time &&
          fits(wait.pattern, name),
        refused,
      );
  }
}

/** Tells the waits whose address was gone to, or whose element has appeared. */
function arrived() {
  const { href } = location;
  settle(
    ({ pattern, from }) => pattern && href !== from && fits(pattern, href),
  );
  // One appearance is of one act, the last: one that was refused before it waits in vain.
  for (const last of [...waits].reverse()) {
    const el = !last.pattern && shown(last.success, last.before);
    if (!el) continue;
    waits.forEach(({ before }) => before.add(el));
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
    if (hit && !refused) wait.tell();
    return !hit && at() - wait.time < MAX_WAIT_MS;
  });
  if (!waits.length) {
    requests?.disconnect();
    requests = undefined;
  }
}

/** @param {Element} el */
const hasBox = (el) => el.getClientRects().length > 0;

/**
 * Returns the first element that `selector` finds and that has a box, apart from those that are `known`.
 * @param {string} selector @param {Set<Element>} [known]
 */
function shown(selector, known) {
  for (const el of document.querySelectorAll(selector))
    if (!known?.has(el) && hasBox(el)) return el;
}

/** Looks at the page again soon, and then later and later. */
export const soon = () => schedule(0, false);

/** @param {number} turn @param {boolean} fresh */
function schedule(turn, fresh) {
  clearTimeout(timer);
  const again = LOOKS_MS[turn];
  if (again)
    timer = setTimeout(
      () => look(turn + 1, fresh),
      again - (LOOKS_MS[turn - 1] ?? 0),
    );
}

/** Looks at what the page shows now; `fresh` after it was loaded or turned to. @param {number} next @param {boolean} fresh */
function look(next, fresh) {
  if (fresh) offers();
  pushes();
  arrived();
  rules.forEach(([kind, selector], index) => {
    if (kind === "p" && !done.has(index)) {
      const el = shown(selector);
      if (el && sink.acted(index, ...gather(index, el), at())) done.add(index);
    }
    if (kind === "v") {
      for (const el of document.querySelectorAll(selector)) follow(el, index);
    }
  });
  sink.greeted?.();
  sink.consult?.();
  schedule(next, fresh);
}

/** @param {Element} el @param {number} index */
function follow(el, index) {
  const of = viewed.get(el) ?? new Set();
  if (of.has(index)) return;
  viewed.set(el, of.add(index));
  if (!numbers.has(el)) numbers.set(el, nextNumber++);
  // Observed anew, it is reported anew, for the rule that was added.
  views?.unobserve(el);
  views?.observe(el);
}

/** @param {IntersectionObserverEntry} entry */
function see({ target, intersectionRatio, intersectionRect, rootBounds }) {
  // What is taller than the window can never be in view by half.
  const ofWindow = rootBounds
    ? (intersectionRect.width * intersectionRect.height) /
      (rootBounds.width * rootBounds.height)
    : 0;
  const percent = Math.max(intersectionRatio, ofWindow) * 100;
  for (const index of viewed.get(target) ?? [])
    sink.seen(
      index,
      numbers.get(target),
      percent,
      ...gather(index, target),
      at(),
    );
}
