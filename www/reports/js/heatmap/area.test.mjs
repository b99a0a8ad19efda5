import assert from "node:assert/strict";
import { test } from "node:test";
import { area, elementAt } from "./area.js";

const box = (left, top, width, height) => ({
  rect: {
    left,
    top,
    width,
    height,
    right: left + width,
    bottom: top + height,
  },
  dots: [],
});
const spread = {
  rect: null,
  dots: [
    [100, 300],
    [140, 320],
    [120, 310],
  ],
};

test("of nested elements the smallest is meant", () => {
  const [card, button] = [box(0, 0, 200, 200), box(50, 50, 40, 20)];
  for (const [x, y, expected] of [
    [60, 60, button],
    [10, 10, card],
    [120, 310, spread],
    [500, 500, undefined],
  ]) {
    assert.equal(elementAt([card, button, spread], x, y), expected);
  }
});

test("an element that is not to be seen stands where its points lie", () => {
  const { left, top, right, bottom } = area(spread);
  assert.deepEqual([left, top, right, bottom], [84, 284, 156, 336]);
  assert.equal(area({ rect: null, dots: [] }), null);
});
