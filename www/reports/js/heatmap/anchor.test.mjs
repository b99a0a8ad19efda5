import assert from "node:assert/strict";
import { test } from "node:test";
import { find, place, stretched } from "./anchor.js";

/** An element that knows others by their selectors, as much of one as is asked for here. */
const element = (rect, more = {}) => ({
  localName: "button",
  textContent: " Add\n to cart ",
  getAttribute: () => null,
  getBoundingClientRect: () => rect,
  ...more,
});
const page = (known, { width = 1000, scrollX = 0, scrollY = 0 } = {}) => ({
  documentElement: { clientWidth: width },
  defaultView: { scrollX, scrollY },
  querySelector(selector) {
    if (selector === "((") throw new SyntaxError(selector);
    return known[selector] ?? null;
  },
});
const rect = { left: 100, top: 200, width: 80, height: 40 };
const [PAGE, WINDOW, BOX] = [0, 1, 2];
const middle = (frame = PAGE, weight = 1) => [
  16383.5,
  16383.5,
  10,
  900,
  800,
  frame,
  weight,
];
const told = (selector, ...at) => ({
  selector,
  points: at.length,
  visitors: 1,
  buyers: 0,
  at,
});

test("a point falls on its element, wherever that stands today", () => {
  const [placed] = place(page({ "#add": element(rect) }), [
    told("#add", middle(), middle(BOX, 300)),
  ]);
  assert.deepEqual(placed.dots, [
    [140, 220, 1, PAGE],
    [140, 220, 300, BOX],
  ]);
  assert.equal(placed.label, "Add to cart");
  assert.equal(placed.visitors, 1);
});

test("a point on what is gone or hidden keeps its place in the page", () => {
  const hidden = element({ ...rect, width: 0 });
  const known = page({ "#hidden": hidden });
  for (const [selector, document, expected] of [
    ["#gone", known, [110, 900]], // the page is 200 wider: its middle moved by 100
    ["#hidden", known, [110, 900]],
    ["((", known, [110, 900]],
    ["", known, [110, 900]],
    ["#add", null, [10, 900]],
  ]) {
    const [placed] = place(document, [told(selector, middle())]);
    assert.deepEqual(placed.dots, [[...expected, 1, PAGE]], selector);
    assert.equal(placed.rect, null, selector);
  }
});

test("a point falls into the frame that its element belongs to", () => {
  const scrolled = page({ "#add": element(rect) }, { scrollX: 5, scrollY: 50 });
  for (const [name, selector, frame, expected] of [
    ["found, scrolls with the page", "#add", PAGE, [145, 270]],
    ["found, in a box that scrolls", "#add", BOX, [145, 270]],
    ["found, fixed in the window", "#add", WINDOW, [140, 220]],
    ["gone from a box: its place in the page", "#gone", BOX, [110, 900]],
    ["gone from a taller window: once, in this", "#gone", WINDOW, [110, 844]],
  ]) {
    const elements = [told(selector, middle(frame))];
    const [placed] = place(scrolled, elements, { high: 844 });
    assert.deepEqual(placed.dots, [[...expected, 1, frame]], name);
  }
});

test("over a picture of the page all places grow with its width", () => {
  const [placed] = place(null, [told("#add", middle())], {
    fit: stretched(400),
  });
  assert.deepEqual(placed.dots, [[5, 450, 1, PAGE]]);
});

test("a selector goes into a shadow root", () => {
  const inner = element(rect);
  const host = element(rect, { shadowRoot: page({ button: inner }) });
  const document = page({ "shop-card": host });
  assert.equal(find(document, "shop-card >>> button"), inner);
  assert.equal(find(document, "shop-card >>> a"), null);
  assert.equal(find(document, "shop-list >>> button"), null);
});
