import assert from "node:assert/strict";
import { test } from "node:test";
import { find, place } from "./anchor.js";

/** An element that knows others by their selectors, as much of one as is asked for here. */
const element = (rect, more = {}) => ({
  localName: "button",
  textContent: " Add\n to cart ",
  getAttribute: () => null,
  getBoundingClientRect: () => rect,
  ...more,
});
const page = (known, width = 1000) => ({
  documentElement: { clientWidth: width },
  querySelector(selector) {
    if (selector === "((") throw new SyntaxError(selector);
    return known[selector] ?? null;
  },
});
const rect = { left: 100, top: 200, width: 80, height: 40 };
const middle = [16383.5, 16383.5, 10, 20, 800];

test("a click falls on its element, wherever that stands today", () => {
  const [placed] = place(page({ "#add": element(rect) }), [
    { selector: "#add", clicks: 1, points: [middle] },
  ]);
  assert.deepEqual(placed.points, [[140, 220]]);
  assert.equal(placed.label, "Add to cart");
});

test("a click on what is gone or hidden keeps its place in the page", () => {
  const hidden = element({ ...rect, width: 0 });
  const known = page({ "#hidden": hidden });
  for (const [selector, document, expected] of [
    ["#gone", known, [110, 20]], // the page is 200 wider: its middle moved by 100
    ["#hidden", known, [110, 20]],
    ["((", known, [110, 20]],
    ["", known, [110, 20]],
    ["#add", null, [10, 20]],
  ]) {
    const elements = [{ selector, clicks: 1, points: [middle] }];
    const [placed] = place(document, elements);
    assert.deepEqual(placed.points, [expected], selector);
    assert.equal(placed.rect, null, selector);
  }
});

test("a selector goes into a shadow root", () => {
  const inner = element(rect);
  const host = element(rect, { shadowRoot: page({ button: inner }) });
  const document = page({ "shop-card": host });
  assert.equal(find(document, "shop-card >>> button"), inner);
  assert.equal(find(document, "shop-card >>> a"), null);
  assert.equal(find(document, "shop-list >>> button"), null);
});
