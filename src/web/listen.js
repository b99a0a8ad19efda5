// The hot edge: what runs on each click, scroll and report, told to the core as numbers.
// @ts-check
import * as barriers from "./barriers.js";
import {
  at,
  describe,
  IGNORED,
  KEY,
  marks,
  page,
  pixels,
  sink,
  up,
} from "./dom.js";
import { followForms } from "./form.js";
import { followMedia, hear } from "./media.js";
import { pushes } from "./offer.js";
import * as rules from "./rules.js";

/** Bits of `BUILT_INS` in src/config.rs. */
const [SHARE, DOWNLOAD, CLICK, FORM, RAGE, DEAD, ERROR, THRASH, ATTENTION] = [
  1, 4, 8, 16, 32, 64, 128, 256, 1024,
];
/** Who left this long after a link or form led away was led away. */
const LED_AWAY_MS = 5000;
/** A box that scrolls is followed where it is this much of the window's height, and holds this much more than it shows. */
const [SCROLLER_SHARE, SCROLLER_MORE] = [0.5, 1.3];

/**
 * Hooks the document: one capturing, passive listener per type of event. `sink.unhook()` takes all of it back.
 * @param {string} plan see `plan` in src/web/mod.rs @param {string} video selector of the videos, empty for none
 * @param {number} builtIns bits of what is on @param {boolean} scroll @param {boolean} heat
 */
export function listen(plan, video, builtIns, scroll, heat) {
  const stop = new AbortController();
  const { signal } = stop;
  /** @type {(type: string, listener: (event: any) => void, target?: EventTarget) => void} */
  const on = (type, listener, target = document) =>
    target.addEventListener(type, listener, {
      capture: true,
      passive: true,
      signal,
    });
  const has = (/** @type {number} */ bits) => builtIns & bits;
  /** @type {(() => void)[]} */
  const undo = [() => stop.abort(), rules.drop, barriers.forget];

  rules.take(plan, on);
  const clickable = [...rules.clickable(), "[data-spoor]"].join();
  const pressing = heat || has(SHARE | DOWNLOAD | CLICK | RAGE | DEAD | ERROR);
  /** @param {any} event @param {any} el @param {Map<any, any>} [hits] what selectors found then, of a kept click */
  const click = (event, el = event.composedPath()[0], hits) => {
    if (!el?.closest || up(el, IGNORED)) return;
    if (video) hear(el.getRootNode(), on);
    pushes();
    if (pressing) press(event, el);
    if (hits || up(el, clickable)) {
      rules.clicked(event, el, hits);
      const marked = up(el, "[data-spoor]");
      if (marked) sink.marked(marks(marked), at(event.timeStamp));
    }
    rules.soon();
  };
  /** @param {any} event @param {any} el */
  const press = (event, el) => {
    const { left, top, width, height } = el.getBoundingClientRect();
    // A key that activates has no place: its point is the element's centre.
    const keyed = !event.detail && !event.clientX && !event.clientY;
    const x = keyed ? width / 2 : event.clientX - left;
    const y = keyed ? height / 2 : event.clientY - top;
    const spared = barriers.isSpared(event, el);
    const link = /** @type {any} */ (up(el, "a[href]"));
    const flags = (spared ? 1 : 0) | (link?.hasAttribute("download") ? 2 : 0);
    sink.pressed(
      [flags, link?.href, describe(el)].join("\x1d"),
      ...[left + scrollX, top + scrollY, width, height, x, y].map(pixels),
      at(event.timeStamp),
    );
    if (has(DEAD) && !spared && !keyed) barriers.watch(event, el);
    if (link)
      rules.after(() => {
        if (!event.defaultPrevented) sink.away = at();
      });
  };
  on("click", click);
  for (const [event, el, hits] of sink.early ?? [])
    event.type === "click" ? click(event, el, hits) : rules.submit(event, el);

  if (has(FORM)) followForms(on);
  if (has(ERROR)) barriers.followErrors(on);
  if (has(THRASH)) barriers.followMoves(on);
  if (video) undo.push(followMedia(video, on));
  if (has(SHARE)) undo.push(shares());
  const scrolled =
    scroll || has(ATTENTION) ? followScroll(on, signal) : () => {};
  const turned = (/** @type {number} */ code) => {
    if (!sink.turned(code, page(), at())) return;
    rules.turn(true);
    scrolled();
  };

  const hide = () => (rules.finish(false), sink.hidden(at()));
  on("visibilitychange", () => {
    if (document.visibilityState === "hidden") hide();
    else (rules.turn(), scrolled());
  });
  on(
    "pagehide",
    () => {
      const away = at() - sink.away < LED_AWAY_MS;
      const led = at() - sink.led < LED_AWAY_MS;
      // Without the Navigation API nobody tells where a script leads; a link that was clicked is known.
      rules.finish("navigation" in window ? led : !away);
      sink.left(!away, at());
    },
    window,
  );
  on("pageshow", (event) => event.persisted && turned(2), window);
  on(
    "storage",
    ({ key, newValue }) =>
      key === KEY && newValue && sink.noted(5, newValue, at()),
    window,
  );
  undo.push(navigations(on, turned));
  rules.turn();
  scrolled();
  sink.unhook = () => {
    clearTimeout(sink.timer);
    undo.forEach((step) => step());
  };
}

/**
 * Reports how far the document and larger boxes in it are scrolled; returns what reports the document.
 * @param {any} on @param {AbortSignal} signal
 */
function followScroll(on, signal) {
  const moved = new Set();
  let frame = 0;
  // Nobody has scrolled yet where a page begins.
  let first = false;
  const report = () => {
    frame = 0;
    if (signal.aborted) return;
    for (const el of moved) {
      const { scrollTop, clientHeight, scrollHeight } =
        el === document ? document.documentElement : el;
      const large =
        clientHeight > innerHeight * SCROLLER_SHARE &&
        scrollHeight > clientHeight * SCROLLER_MORE;
      const percent = (/** @type {number} */ px) => (px / scrollHeight) * 100;
      const bottom = scrollTop + (el === document ? innerHeight : clientHeight);
      if (el === document || large)
        sink.scrolled(
          percent(scrollTop),
          percent(bottom),
          el !== document ? describe(el) : first ? "." : "",
          at(),
        );
    }
    moved.clear();
    first = false;
  };
  const soon = (el = document) => {
    moved.add(el);
    frame ||= requestAnimationFrame(report);
  };
  on("scroll", (/** @type {any} */ { target }) => soon(target));
  return () => {
    first = true;
    soon();
  };
}

/** Tells when the browser's own dialog has shared the page: there is no event for it, so its call is wrapped. Returns the undo. */
function shares() {
  /** @type {any} */
  const browser = navigator;
  const { share } = browser;
  if (!share) return () => {};
  browser.share = (/** @type {any[]} */ ...args) => {
    const shared = share.apply(browser, args);
    shared?.then(
      () => sink.noted(2, "", at()),
      () => {},
    );
    return shared;
  };
  return () => delete browser.share;
}

/**
 * Tells of each change of address without a load, 1 where it was merely replaced, else 0; returns the undo. The Navigation
 * API tells by itself; only where it is missing (before Safari 26.2 and Firefox 147) are two methods of `history` wrapped.
 * @param {any} on @param {(code: number) => void} tell
 */
function navigations(on, tell) {
  /** @type {any} */
  const { navigation, history } = window;
  if (navigation) {
    const isMove = /push|traverse/;
    on(
      "currententrychange",
      (/** @type {any} */ event) =>
        tell(isMove.test(event.navigationType) ? 0 : 1),
      navigation,
    );
    // Whatever leads away: a link or form that was clicked, or a script.
    on(
      "navigate",
      (/** @type {any} */ { destination, userInitiated }) => {
        if (destination.sameDocument) return;
        sink.away = at();
        if (!userInitiated) sink.led = sink.away;
      },
      navigation,
    );
    return () => {};
  }
  on("popstate", () => tell(0), window);
  const undo = ["pushState", "replaceState"].map((name, code) => {
    const original = history[name];
    /** @this {any} @param {any[]} args */
    const wrapped = function (...args) {
      const result = original.apply(this, args);
      tell(code);
      return result;
    };
    history[name] = wrapped;
    return () => history[name] === wrapped && (history[name] = original);
  });
  return () => undo.forEach((undo) => undo());
}
