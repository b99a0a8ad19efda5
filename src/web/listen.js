// The hot edge: what runs on each click, scroll and report, told to the core as numbers.
// @ts-check
import { above, at, join, page, plain, sink, targetOf, up } from "./dom.js";
import { pushes } from "./offer.js";
import { adopt, letGo } from "./post.js";
import {
  after,
  ask,
  CONNECTED,
  deliver,
  forget,
  HIDDEN,
  later,
  LEFT,
  quiet,
  report,
  SAVED,
  TURNED,
} from "./report.js";
import * as rules from "./rules.js";
import { KEY, load } from "./store.js";

/** Bits of `BUILT_INS` in js/config.js. */
const SHARE = 1;
const DOWNLOAD = 1 << 2;
const CLICK = 1 << 3;
const FORM = 1 << 4;
const RAGE = 1 << 5;
const DEAD = 1 << 6;
const ERROR = 1 << 7;
const THRASH = 1 << 8;
const ATTENTION = 1 << 10;
const HEAT = 1 << 14;
/** Who left this long after a link or form led away was led away. */
const LED_AWAY_MS = 5000;
/** What js/behaviour.js is lent. */
const EDGE = {
  /** Notes that a link leads away. @param {number} time */
  away: (time) => (sink.$away = time),
  above,
  after,
  at,
  join,
  later,
  plain,
  report,
  requested: rules.requested,
  targetOf,
  up,
  wait: rules.wait,
};
/** What does not leave a shadow root: each is heard by itself, from the first click or focus in it on. */
const UNCOMPOSED =
  /^(submit|change|invalid|toggle|play|pause|timeupdate|seeking|ended)$/;

/**
 * Hooks the window: one capturing, passive listener per type of event. `sink.$unhook()` takes all of it back.
 * @param {any} plan what is followed, see `read` in js/config.js
 */
export function listen(plan) {
  const stop = new AbortController();
  const options = { capture: true, passive: true, signal: stop.signal };
  /** @type {[string, (event: any) => void][]} */
  const uncomposed = [];
  const roots = new WeakSet();
  /** @type {(type: string, listener: (event: any) => void, target?: EventTarget) => void} */
  const on = (type, listener, target = window) => {
    const heard = quiet(listener);
    target.addEventListener(type, heard, options);
    if (UNCOMPOSED.test(type)) uncomposed.push([type, heard]);
  };
  const enter = (/** @type {any} */ event) => {
    if (!event.target.shadowRoot) return;
    for (const root of event.composedPath()) {
      if (!(root instanceof ShadowRoot) || roots.has(root)) continue;
      roots.add(root);
      for (const [type, listener] of uncomposed)
        root.addEventListener(type, listener, options);
    }
  };
  on("focusin", enter);

  const has = (/** @type {number} */ bits) => plan.$on & bits;
  const undo = [() => stop.abort()];
  undo.push(rules.take(plan, on, has(DEAD | FORM)));
  const behaviour = sink.$behaviour?.follow(
    EDGE,
    on,
    undo,
    [FORM, DEAD, ERROR, THRASH, SHARE, ATTENTION].map(has),
    plan.$scroll,
    sink.$heat && plan.$heat && [sink.$heat.follow, ...plan.$heat],
  );
  const pressing = has(HEAT | SHARE | DOWNLOAD | CLICK | RAGE | DEAD | ERROR);
  /** @param {any} event @param {any} el @param {Map<any, any>} [hits] what selectors found then, of a kept click */
  const click = (event, el = targetOf(event), hits) => {
    /** @type {Element[] | undefined} */
    const those = el?.closest && rules.meant(el);
    if (!those) return;
    pushes();
    if (pressing) behaviour?.press(event, el, those, !!hits);
    rules.clicked(event, el, those, hits);
    const marked = those.find((one) => one.hasAttribute("data-spoor"));
    if (marked) rules.marked(marked, event);
    rules.soon();
  };
  on("click", (event) => {
    enter(event);
    click(event);
  });
  for (const [event, el, hits] of sink.$early ?? [])
    event.type === "click" ? click(event, el, hits) : rules.submit(event, el);

  if (plan.$video)
    sink.$greet = sink.$behaviour?.followMedia(
      EDGE,
      plan.$video,
      on,
      undo,
      sink.$part,
    );
  const turned = (/** @type {number} */ code) => {
    behaviour?.count?.();
    if (!ask(TURNED, [code], page())) return;
    rules.turn(true);
    behaviour?.scrolled();
  };
  sink.$turn = quiet(() => turned(2));

  // A page that was out of view, or asleep, has heard of no other.
  const wakened = () => {
    report(SAVED, at(), [], load());
    adopt();
  };
  on("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      rules.finish(false);
      ask(HIDDEN);
    } else {
      wakened();
      rules.resume();
      behaviour?.scrolled();
    }
  });
  on("pagehide", () => {
    deliver();
    const away = at() - sink.$away < LED_AWAY_MS;
    const led = at() - sink.$led < LED_AWAY_MS;
    // Without the Navigation API nobody tells where a script leads; a link that was clicked is known.
    rules.finish("navigation" in window ? led : !away);
    ask(LEFT, [away || led ? 0 : 1]);
    letGo();
  });
  // Asleep it could neither send nor keep what was told in the background meanwhile.
  on("freeze", () => ask(HIDDEN));
  on("online", () => ask(CONNECTED));
  on("pageshow", ({ persisted }) => {
    if (!persisted) return;
    wakened();
    turned(2);
  });
  on("storage", ({ key, newValue }) => {
    if (key === KEY && newValue) report(SAVED, at(), [], newValue);
  });
  navigations(on, turned, stop.signal);
  rules.turn();
  behaviour?.scrolled();
  sink.$unhook = () => {
    forget();
    undo.forEach((step) => step());
  };
}

/**
 * Tells of each change of address without a load, 1 where it was merely replaced, else 0. The Navigation API tells by itself;
 * where it is missing, js/history.js is loaded.
 * @param {any} on @param {(code: number) => void} tell @param {AbortSignal} signal ends it
 */
function navigations(on, tell, signal) {
  /** @type {any} */
  const { navigation } = window;
  if (!navigation) {
    sink.$part("history").then(
      (/** @type {any} */ { follow }) =>
        follow(on, tell, () => (sink.$led = at()), signal),
      // The part is not there: routes are not told, all else is.
      () => {},
    );
    return;
  }
  on(
    "currententrychange",
    (/** @type {any} */ { navigationType }) =>
      tell(/push|traverse/.test(navigationType) ? 0 : 1),
    navigation,
  );
  // Whatever leads away: a link or form that was clicked, or a script.
  on(
    "navigate",
    (/** @type {any} */ { destination, userInitiated }) => {
      if (destination.sameDocument) return;
      sink.$away = at();
      if (!userInitiated) sink.$led = sink.$away;
    },
    navigation,
  );
}
