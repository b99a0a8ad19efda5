import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, duration, many, money, percent, times } from "./numbers.js";

const side = (visits, reached) => ({
  visits,
  reached,
  share: visits ? reached / visits : null,
});

test("a comparison is told only where it says something", () => {
  for (const [one, other, verdict] of [
    [side(473, 114), side(2527, 110), "more"],
    [side(400, 2), side(2600, 200), "less"],
    [side(138, 9), side(2862, 215), "same"],
    [side(29, 20), side(5000, 100), "few"],
    [side(5000, 100), side(29, 0), "few"],
    [side(400, 4), side(400, 5), "few"],
    [side(3000, 224), side(0, 0), "few"],
    [side(500, 500), side(500, 500), "same"],
    [null, null, "few"],
  ]) {
    const label = JSON.stringify([one, other]);
    assert.equal(compare(one, other).verdict, verdict, label);
  }
  assert.equal(compare(side(100, 50), side(100, 25)).times, 2);
  assert.equal(compare(side(100, 30), side(100, 0)).times, Infinity);
});

test("numbers are rounded to what they can say", () => {
  for (const [said, expected] of [
    [percent(0), "0%"],
    [percent(0.0004), "under 0.1%"],
    [percent(0.0432), "4.3%"],
    [percent(0.2987), "30%"],
    [percent(1), "100%"],
    [percent(null), "–"],
    [duration(900), "1\u00a0s"],
    [duration(83_000), "1\u00a0min 23\u00a0s"],
    [duration(1_500_000), "25\u00a0min"],
    [duration(9_000_000), "2.5\u00a0h"],
    [times(3.14), "3.1 times as often"],
    [times(12.4), "12 times as often"],
    [times(1.02), "as often"],
    [times(0.5), "0.5 times as often"],
    [many(1, "visit"), "1 visit"],
    [many(1234, "visit"), "1,234 visits"],
    [money({ value: 19.9, currency: "EUR" }), "€19.90"],
    [money({ value: 19.9, currency: "no currency" }), "19.9"],
    [money({ value: "19.9" }), ""],
    [money(undefined), ""],
  ]) {
    assert.equal(said, expected);
  }
});
