import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { connect } from "../src/web/dom.js";
import { deliver, forget } from "../src/web/report.js";
import { resume, take, turn, finish } from "../src/web/rules.js";

const SELECTOR = ".banner";
/** A window of 1000 x 800, and what is small in it. */
const WINDOW = { width: 1000, height: 800 };
const SMALL = { width: 400, height: 200 };

let now = 0;
let timers = [];
let observers = [];
let heard = [];
let undo;
const kept = {};

/** What a browser has, as far as rules.js asks for it; time passes by `pass` alone. */
function browser(banner) {
  const plain = class {
    observe() {}
    disconnect() {}
  };
  const stand = {
    IntersectionObserver: class {
      watched = new Set();
      constructor(see) {
        this.see = see;
        observers.push(this);
      }
      observe(el) {
        this.watched.add(el);
      }
      unobserve(el) {
        this.watched.delete(el);
      }
      disconnect() {
        this.watched.clear();
      }
    },
    MutationObserver: plain,
    PerformanceObserver: plain,
    location: new URL("https://shop.example/"),
    window: {},
    document: {
      querySelectorAll: (selector) => (selector === SELECTOR ? [banner] : []),
      querySelector: () => null,
    },
    setTimeout: (work, ms) => timers.push({ work, at: now + ms }),
    clearTimeout: (timer) => timer && (timers[timer - 1] = undefined),
  };
  for (const name in stand) {
    kept[name] = globalThis[name];
    globalThis[name] = stand[name];
  }
  kept.now = performance.now;
  performance.now = () => now;
}

/** Takes the page away, and the browser with it. */
function strike() {
  undo?.();
  undo = undefined;
  forget();
  const { now: clock = performance.now, ...others } = kept;
  Object.assign(globalThis, others);
  performance.now = clock;
  [now, timers, observers, heard] = [0, [], [], []];
}

afterEach(strike);

/** Begins a page with one banner, of which half must be in view for a second. */
function page() {
  strike();
  const banner = {
    matches: (selector) => selector === SELECTOR,
    closest: () => null,
    getRootNode: () => ({}),
  };
  browser(banner);
  connect({
    $listeners: new Set(),
    $hear: (said) => void heard.push(...said.split("\x1c")),
  });
  const rule = {
    ...{ $name: "noticed", $kind: "v", $selector: SELECTOR, $fields: [] },
    ...{ $percent: 50, $ms: 1000 },
  };
  undo = take({ $rules: [rule] }, () => {}, 0);
  turn();
  return banner;
}

/** Time passes, and what waits for it is done. @param {number} until */
function pass(until) {
  for (;;) {
    const next = timers
      .filter((timer) => timer && timer.at <= until)
      .sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    timers[timers.indexOf(next)] = undefined;
    now = Math.max(now, next.at);
    next.work();
  }
  now = until;
}

/** The browser tells how much of the banner is in view. */
function show(banner, intersectionRatio, boundingClientRect = SMALL) {
  const observer = observers.find(({ watched }) => watched.has(banner));
  observer?.see(
    [
      {
        ...{ target: banner, intersectionRatio },
        ...{ boundingClientRect, rootBounds: WINDOW },
      },
    ],
    observer,
  );
}

function told() {
  deliver();
  return heard.filter((line) => line.includes("noticed")).length;
}

test("an element counts once after a second without a break", () => {
  for (const [shares, expected, what] of [
    [[[0, 0.6]], 1, "stays"],
    [[[0, 0.5]], 1, "just half of it"],
    [[[0, 0.4]], 0, "a corner of it"],
    [
      [
        [0, 0.6],
        [900, 0.1],
      ],
      0,
      "gone too soon",
    ],
    [
      [
        [0, 0.6],
        [600, 0.1],
        [700, 0.6],
        [1500, 0.1],
      ],
      0,
      "twice half a second",
    ],
    [
      [
        [0, 0.6],
        [500, 1],
      ],
      1,
      "more of it came into view",
    ],
    [
      [
        [0, 0.6],
        [1050, 0.1],
        [2000, 0.6],
      ],
      1,
      "again is no second time",
    ],
  ]) {
    const banner = page();
    for (const [at, share] of shares) {
      pass(at);
      show(banner, share);
    }
    pass(9000);
    assert.equal(told(), expected, what);
  }
});

test("what is larger than the window is seen where the window is full of it", () => {
  const wall = { width: 1000, height: 8000 };
  for (const [share, expected] of [
    [0.05, 1],
    [0.04, 0],
  ]) {
    const banner = page();
    show(banner, 0, wall);
    // The finer observer has it now.
    assert.equal(observers[1].watched.has(banner), true);
    show(banner, share, wall);
    pass(9000);
    assert.equal(told(), expected, `${share} of ten windows`);
  }
});

test("a hidden page shows nothing, and on the way back it begins anew", () => {
  const banner = page();
  show(banner, 0.6);
  pass(800);
  finish(false);
  pass(9000);
  assert.equal(told(), 0, "nobody looked");
  resume();
  show(banner, 0.6);
  pass(11_000);
  assert.equal(told(), 1);
  finish(false);
  resume();
  show(banner, 0.6);
  pass(15_000);
  assert.equal(told(), 1, "once on a page view");
});
