import assert from "node:assert/strict";
import { test } from "node:test";
import { centred } from "./anchor.js";
import { points } from "./points.js";
import { AMOUNT, CHANGE } from "./scale.js";

const page = {
  document: null,
  width: 390,
  height: 600,
  high: 844,
  fit: centred(390),
};
const at = (x, y) => [0, 0, x, y, 390, 0, 1];
const group = (name, views, elements, told) => ({
  name,
  title: name,
  answer: {
    devices: {
      phone: {
        views,
        visitors: views,
        points: elements.reduce((sum, { points: all }) => sum + all, 0),
      },
    },
    told: told ?? elements.reduce((sum, element) => sum + element.at.length, 0),
    elements,
  },
});
const cart = (visitors, buyers = 0) => ({
  selector: "#cart",
  points: 2,
  visitors,
  buyers,
  at: [at(50, 100), at(60, 110)],
});
const clicks = (changes) => ({
  kind: "click",
  isDifference: false,
  ...changes,
});

test("one group: its elements, who tapped them, who of them bought", () => {
  const subject = points([group("all", 100, [cart(12, 3)])], clicks(), "phone");
  assert.equal(subject.heading, "2 taps in 100 views by 100 visitors");
  assert.equal(subject.isEmpty, false);
  assert.equal(subject.panels.length, 1);
  const laid = subject.panels[0].lay(page);
  const [row] = subject.rows([laid]);
  assert.equal(row.figure, "2");
  assert.equal(row.text, "12% of visitors tapped this, 25% of them bought");
  assert.deepEqual(subject.tip(laid.elements[0]), [
    "#cart",
    "2 taps by 12 visitors",
    "12% of visitors tapped this, 25% of them bought",
  ]);
  assert.deepEqual(subject.table([laid])[1], [
    "#cart",
    "#cart",
    2,
    12,
    0.12,
    3,
    0.25,
  ]);
});

test("two groups side by side are drawn per visitor, on one scale", () => {
  const parts = [group("a", 100, [cart(40)]), group("b", 50, [cart(5)])];
  const subject = points(parts, clicks(), "phone");
  assert.equal(subject.scale, AMOUNT);
  const laid = subject.panels.map((panel) => panel.lay(page));
  const [one, two] = laid.map(({ cells }) => cells.most);
  assert.ok(Math.abs(two - 2 * one) < 1e-6, "half as many visitors");
  const [row] = subject.rows(laid);
  assert.equal(row.text, "40% against 10%: clearly more");
  assert.deepEqual(
    row.shown.map(({ visitors }) => visitors),
    [40, 5],
  );
  assert.deepEqual(
    subject.table(laid).map((line) => line[0]),
    ["group", "a", "b"],
  );
});

test("their difference is one picture, with what only one of them has", () => {
  const parts = [group("a", 100, []), group("b", 20, [cart(5)])];
  const subject = points(parts, clicks({ isDifference: true }), "phone");
  assert.equal(subject.scale, CHANGE);
  assert.deepEqual(subject.ends, ["more: b", "more: a"]);
  assert.match(subject.note, /^Fewer than 30 visitors on one side/);
  const laid = subject.panels.map((panel) => panel.lay(page));
  assert.equal(laid.length, 1);
  assert.ok(laid[0].cells.values.every((value) => value <= 0));
  const [row] = subject.rows(laid);
  assert.equal(row.text, "0% against 25%: too few visitors to tell");
});

test("no points, and fewer drawn than there are, are said", () => {
  const none = points([group("all", 100, [])], clicks(), "phone");
  assert.equal(none.isEmpty, true);
  assert.equal(none.lacks, "No taps yet on this page");
  const cut = points([group("all", 9, [cart(1)], 1)], clicks(), "phone");
  assert.equal(cut.note, "The newest 1 are drawn; the counts are of all.");
});
