import assert from "node:assert/strict";
import { test } from "node:test";
import { followMoves } from "../src/web/barriers.js";
import { at, connect } from "../src/web/dom.js";
import { deliver, report } from "../src/web/report.js";

/**
 * Moves the pointer over these places, which the browser tells of twice each; returns what the core is told, and of that, the turns.
 */
function moved(places, more = {}) {
  /** @type {string[]} */
  let lines = [];
  let move;
  const $listeners = new Set();
  connect({ $listeners, $hear: (said) => (lines = said.split("\x1c")) });
  followMoves({ at, report }, (_, listener) => (move = listener));
  for (const [n, [clientX, clientY]] of places.entries())
    for (const half of [0, 15])
      move({
        ...{ timeStamp: 1000 + 30 * n + half, buttons: 0 },
        ...{ pointerType: "mouse", clientX, clientY, ...more },
      });
  deliver();
  return {
    told: lines.length,
    turns: lines.filter((line) => line.endsWith(",1")).length,
  };
}

/** To and fro over so many pixels. */
const shaken = (px) =>
  Array.from({ length: 9 }, (_, n) => [500 + (n % 2) * px, 300]);

test("a cursor that is thrown back turns each time", () => {
  assert.equal(moved(shaken(200)).turns, 7);
});

test("what is no turn of a mouse is told as none", () => {
  for (const [places, more, what] of [
    [shaken(20), {}, "a trembling hand"],
    [shaken(200), { buttons: 1 }, "something is dragged"],
    [shaken(200), { pointerType: "touch" }, "a finger"],
    [
      Array.from({ length: 9 }, (_, n) => [100 + 40 * n, 300]),
      {},
      "straight on",
    ],
    [
      Array.from({ length: 12 }, (_, n) => [
        500 + 200 * Math.cos(n / 4),
        300 + 200 * Math.sin(n / 4),
      ]),
      {},
      "a circle",
    ],
  ])
    assert.equal(moved(places, more).turns, 0, what);
});

test("a pointer that merely moves is heard of each few seconds", () => {
  const places = Array.from({ length: 1000 }, (_, n) => [n * 40, 0]);
  const { told } = moved(places);
  assert.ok(told >= 5 && told <= 10, `${told} in 30 s`);
});
