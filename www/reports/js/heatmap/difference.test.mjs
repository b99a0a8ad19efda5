import assert from "node:assert/strict";
import { test } from "node:test";
import { density } from "./density.js";
import { difference, pair, perVisitor, variance } from "./difference.js";

const spot = [50, 50];
const other = [150, 50];
const times = (count, point) => Array.from({ length: count }, () => point);
const dense = (points) => density(points, 200, 100);

test("twice as many visitors who do the same make no difference", () => {
  const few = perVisitor(dense(times(30, spot)), 10);
  const many = perVisitor(dense(times(60, spot)), 20);
  assert.ok(difference(few, many).most < 1e-6);
});

test("a difference is more where the first group does more, less where the other does", () => {
  const one = perVisitor(dense([...times(30, spot), ...times(10, other)]), 10);
  const two = perVisitor(dense([...times(40, spot), ...times(60, other)]), 20);
  const { values, columns, most } = difference(one, two);
  const at = ([x, y]) =>
    values[Math.floor(y / 4) * columns + Math.floor(x / 4)];
  // 3 a visitor against 2, and 1 against 3.
  assert.ok(Math.abs(at(spot) - 1) < 1e-3);
  assert.ok(Math.abs(at(other) + 2) < 1e-3);
  assert.ok(Math.abs(most - 2) < 1e-3);
});

test("nobody compares with nothing", () => {
  const some = perVisitor(dense([spot]), 1);
  const nobody = perVisitor(dense([]), 0);
  const { values, most } = difference(some, nobody);
  assert.ok(values.every(Number.isFinite));
  assert.equal(most, some.most);
});

test("a difference that chance would make is left out", () => {
  const visitors = 50;
  const nothing = dense([]);
  for (const [clicks, drawn] of [
    [1, 0], // one deviation from none
    [4, 1], // two
    [100, 1],
  ]) {
    const one = dense(times(clicks, spot));
    const { most } = difference(
      perVisitor(one, visitors),
      perVisitor(nothing, visitors),
      [variance(one, visitors), variance(nothing, visitors)],
    );
    const expected = (drawn * clicks) / visitors;
    assert.ok(Math.abs(most - expected) < 1e-4, `${clicks}: ${most}`);
  }
});

test("elements of both groups stand together, the most different first", () => {
  const element = (selector, visitors) => ({
    selector,
    points: visitors,
    visitors,
    buyers: 0,
    at: [[0, 0, 1, 1, 1]],
  });
  const both = pair(
    [element("#same", 50), element("#more", 60)],
    [element("#same", 25), element("#more", 10), element("#only", 10)],
    100,
    50,
  );
  assert.deepEqual(
    both.map(({ selector, visitors, other }) => [
      selector,
      visitors,
      other.visitors,
    ]),
    [
      ["#more", 60, 10],
      ["#only", 0, 10],
      ["#same", 50, 25],
    ],
  );
  assert.deepEqual(both[1].at, []);
});
