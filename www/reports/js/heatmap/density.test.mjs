import assert from "node:assert/strict";
import { test } from "node:test";
import { density } from "./density.js";

const at = ({ densities, columns }, x, y) =>
  densities[Math.floor(y / 4) * columns + Math.floor(x / 4)];

test("density is highest where the clicks are and fades within a fingertip", () => {
  const twice = [50, 50];
  const dense = density([twice, twice, [180, 30]], 200, 100);
  assert.ok(at(dense, 50, 50) > 1.9 * at(dense, 180, 30));
  assert.ok(at(dense, 50, 61) < at(dense, 50, 50));
  assert.equal(at(dense, 120, 90), 0);
  assert.equal(dense.most, Math.max(...dense.densities));
});

test("clicks at and beyond the edge of the page do not fail", () => {
  const beyond = [
    [0, 0],
    [200, 100],
    [-500, 50],
    [5000, 5000],
  ];
  const dense = density(beyond, 200, 100);
  assert.ok(at(dense, 1, 1) > 0);
  assert.ok(dense.densities.every(Number.isFinite));
  assert.equal(density([], 200, 100).most, 0);
});
