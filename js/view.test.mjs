import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { whenSeen } from "./view.js";

const WINDOW = { width: 1000, height: 800 };
const SMALL = { width: 400, height: 200 };
const LARGE = { width: 1000, height: 8000 };

let observers = [];
let heard = new Map();

beforeEach(({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  observers = [];
  heard = new Map();
  globalThis.IntersectionObserver = class {
    on = false;
    constructor(see) {
      this.see = see;
      observers.push(this);
    }
    observe() {
      this.on = true;
    }
    disconnect() {
      this.on = false;
    }
  };
  globalThis.document = {
    visibilityState: "visible",
    addEventListener: (type, listener) => heard.set(type, listener),
    removeEventListener: (type) => heard.delete(type),
  };
});
afterEach(() => {
  delete globalThis.IntersectionObserver;
  delete globalThis.document;
});

/** Follows an element; returns what shows a share of it, and how often it was told. */
function follow(box, ignored = null) {
  const told = { times: 0 };
  const el = { closest: () => ignored };
  const undo = whenSeen(el, () => told.times++);
  const [observer] = observers;
  const show = (intersectionRatio) =>
    observer.see([
      { intersectionRatio, boundingClientRect: box, rootBounds: WINDOW },
    ]);
  return { told, show, undo, observer };
}

test("half of an element in view for a second was seen, once", ({ mock }) => {
  const { told, show, observer } = follow(SMALL);
  show(0.4);
  mock.timers.tick(2000);
  assert.equal(told.times, 0, "less than half");
  show(0.5);
  mock.timers.tick(999);
  assert.equal(told.times, 0, "not yet");
  show(1);
  mock.timers.tick(1);
  assert.equal(told.times, 1);
  assert.equal(observer.on, false);
  assert.equal(heard.size, 0);
});

test("what leaves within the second was not seen", ({ mock }) => {
  const { told, show } = follow(SMALL);
  show(1);
  mock.timers.tick(900);
  show(0.1);
  mock.timers.tick(900);
  show(1);
  mock.timers.tick(900);
  assert.equal(told.times, 0);
  mock.timers.tick(100);
  assert.equal(told.times, 1);
});

test("what is larger than the window was seen where it fills half of that", ({
  mock,
}) => {
  const { told, show } = follow(LARGE);
  show(0.04);
  mock.timers.tick(2000);
  assert.equal(told.times, 0);
  show(0.06);
  mock.timers.tick(1000);
  assert.equal(told.times, 1);
});

test("nobody sees what a tab in the background shows", ({ mock }) => {
  const { told, show } = follow(SMALL);
  show(1);
  mock.timers.tick(500);
  document.visibilityState = "hidden";
  heard.get("visibilitychange")();
  mock.timers.tick(5000);
  assert.equal(told.times, 0);
  document.visibilityState = "visible";
  heard.get("visibilitychange")();
  mock.timers.tick(1000);
  assert.equal(told.times, 1);
});

test("what was given up, or is not to be recorded, tells nothing", ({
  mock,
}) => {
  const gone = follow(SMALL);
  gone.show(1);
  gone.undo();
  mock.timers.tick(2000);
  assert.equal(gone.told.times, 0);
  assert.equal(heard.size, 0);
  observers = [];
  const ignored = follow(SMALL, {});
  ignored.show(1);
  mock.timers.tick(2000);
  assert.equal(ignored.told.times, 0);
});

test("an element that is not there is not followed", () => {
  whenSeen(null, assert.fail)();
  assert.equal(observers.length, 0);
});
