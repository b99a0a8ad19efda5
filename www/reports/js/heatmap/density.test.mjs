import assert from "node:assert/strict";
import { test } from "node:test";
import { KERNEL_PX, cellOf, density } from "./density.js";

/** Side of the cells of pages as small as those here. */
const CELL_PX = cellOf(300, 200);

const at = ({ values, columns }, x, y) =>
  values[Math.floor(y / CELL_PX) * columns + Math.floor(x / CELL_PX)];

/** What density means: every point with every cell, from middle to middle. */
function reference(points, columns, rows) {
  const fall = -0.5 / (KERNEL_PX / 2) ** 2;
  const middle = (place) => (Math.floor(place / CELL_PX) + 0.5) * CELL_PX;
  return Array.from({ length: columns * rows }, (_, cell) => {
    const x = ((cell % columns) + 0.5) * CELL_PX;
    const y = (Math.floor(cell / columns) + 0.5) * CELL_PX;
    return points.reduce((sum, [left, top, weight]) => {
      const apart = (middle(left) - x) ** 2 + (middle(top) - y) ** 2;
      return sum + weight * Math.exp(fall * apart);
    }, 0);
  });
}

/** Numbers from 0 to 1 that are the same in every run. */
function* chance() {
  for (let seed = 1; ; seed = (seed * 48271) % 2147483647) {
    yield seed / 2147483647;
  }
}

test("binning and two blurs come to what each point with each cell comes to", () => {
  const random = chance();
  const next = () => random.next().value;
  const points = Array.from({ length: 60 }, () => [
    next() * 300,
    next() * 200,
    1 + Math.floor(next() * 5),
  ]);
  const dense = density(points, 300, 200);
  const expected = reference(points, dense.columns, dense.rows);
  const most = Math.max(...expected);
  // The kernel ends somewhere, and single precision rounds.
  const near = most / 1000;
  expected.forEach((value, cell) => {
    assert.ok(Math.abs(dense.values[cell] - value) < near, `cell ${cell}`);
  });
  assert.ok(Math.abs(dense.most - most) < near);
});

test("density is highest where the points are and fades within a fingertip", () => {
  const twice = [50, 50];
  const dense = density([twice, twice, [180, 30]], 200, 100);
  assert.ok(at(dense, 50, 50) > 1.9 * at(dense, 180, 30));
  assert.ok(at(dense, 50, 61) < at(dense, 50, 50));
  assert.equal(at(dense, 120, 90), 0);
  assert.equal(dense.most, Math.max(...dense.values));
});

test("a point that weighs more is as many points", () => {
  const [heavy, many] = [
    [[50, 50, 3]],
    [
      [50, 50],
      [50, 50],
      [50, 50],
    ],
  ];
  assert.deepEqual(density(heavy, 200, 100), density(many, 200, 100));
});

test("points at and beyond the edge of the page do not fail", () => {
  const beyond = [
    [0, 0],
    [200, 100],
    [-500, 50],
    [5000, 5000],
    [NaN, 3],
  ];
  const dense = density(beyond, 200, 100);
  assert.ok(at(dense, 1, 1) > 0);
  assert.ok(dense.values.every(Number.isFinite));
  assert.equal(density([], 200, 100).most, 0);
});

test("a very long page is computed in coarser cells, and means the same", () => {
  const [width, height] = [1280, 16_000];
  const points = [
    [640, 8004],
    [644, 8004],
    [100, 15_990],
  ];
  const dense = density(points, width, height);
  const side = cellOf(width, height);
  assert.ok(side > CELL_PX);
  assert.equal(dense.columns, width / side);
  assert.ok(dense.most > 1.5 && dense.most <= 2);
});
