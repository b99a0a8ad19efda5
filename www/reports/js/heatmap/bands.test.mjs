import assert from "node:assert/strict";
import { test } from "node:test";
import { depth, reached } from "./bands.js";

const bands = (...shares) => shares.map((share) => ({ reached: share }));

test("who saw what is below has been here", () => {
  assert.deepEqual(reached(bands(1, 0.4, 0.6, 0.2)), [1, 0.6, 0.6, 0.2]);
});

test("a line stands where that share of the visitors comes to", () => {
  for (const [name, shares, share, expected] of [
    ["half way between two middles", [1, 0.5, 0], 0.75, 1 / 3],
    ["at a band's middle", [1, 0.5, 0], 0.5, 0.5],
    ["all come to the end", [1, 1, 0.9], 0.75, 1],
    ["few come at all", [0.6, 0.5, 0.1], 0.75, null],
    ["there are no bands", [], 0.5, null],
  ]) {
    const found = depth(bands(...shares), share);
    if (expected === null) assert.equal(found, null, name);
    else assert.ok(Math.abs(found - expected) < 1e-9, `${name}: ${found}`);
  }
});
