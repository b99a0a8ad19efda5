import assert from "node:assert/strict";
import { test } from "node:test";
import { followMoves } from "../src/web/barriers.js";
import { connect } from "../src/web/dom.js";

/** Returns how many turns are told of these places, one each 30 ms. */
function turns(places, more = {}) {
  let [told, move] = [0];
  connect({ $moved: (turned) => (told += turned ? 1 : 0) });
  followMoves((_, listener) => (move = listener));
  for (const [n, [clientX, clientY]] of places.entries())
    move({
      ...{ timeStamp: 1000 + 30 * n, buttons: 0, pointerType: "mouse" },
      ...{ clientX, clientY, ...more },
    });
  return told;
}

/** To and fro over so many pixels. */
const shaken = (px) =>
  Array.from({ length: 9 }, (_, n) => [500 + (n % 2) * px, 300]);

test("a cursor that is thrown back turns each time", () => {
  assert.equal(turns(shaken(200)), 7);
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
    assert.equal(turns(places, more), 0, what);
});

test("a pointer that merely moves is heard of each few seconds", () => {
  let told = 0;
  connect({ $moved: () => told++ });
  let move;
  followMoves((_, listener) => (move = listener));
  for (let n = 0; n < 1000; n++)
    move({
      timeStamp: 10_000 + 30 * n,
      buttons: 0,
      pointerType: "mouse",
      clientX: n * 40,
      clientY: 0,
    });
  assert.ok(told >= 5 && told <= 7, `${told} in 30 s`);
});
