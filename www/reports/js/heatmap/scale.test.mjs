import assert from "node:assert/strict";
import { test } from "node:test";
import { AMOUNT, CHANGE, colour } from "./scale.js";

/** CIE lightness, from 0 to 100: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function lightness(rgb) {
  const [red, green, blue] = rgb
    .map((value) => value / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}
const STEPS = 20;
const shares = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);

test("the scale of amounts grows lighter all the way", () => {
  const light = shares.map((share) => lightness(colour(AMOUNT.stops, share)));
  light.slice(1).forEach((value, index) => assert.ok(value > light[index]));
});

test("both arms of the scale of differences are as light at the same distance", () => {
  for (const share of shares) {
    const less = lightness(colour(CHANGE.stops, (1 - share) / 2));
    const more = lightness(colour(CHANGE.stops, (1 + share) / 2));
    assert.ok(Math.abs(less - more) < 3, `${share}: ${less} and ${more}`);
  }
});

test("no difference is the middle, and nothing of it is drawn", () => {
  assert.equal(CHANGE.at(0), 0.5);
  assert.equal(CHANGE.opacity(0.5), 0);
  assert.equal(CHANGE.at(-1), 0);
  assert.equal(CHANGE.at(1), 1);
});
