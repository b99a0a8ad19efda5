import assert from "node:assert/strict";
import { test } from "node:test";
import {
  against,
  amount,
  hottest,
  hottestOfTwo,
  rates,
  words,
} from "./rates.js";

test("fingers tap, mice click, keys press", () => {
  for (const [kind, device, pointer, one, did] of [
    ["click", "phone", null, "tap", "tapped this"],
    ["click", "tablet", null, "tap", "tapped this"],
    ["click", "desktop", null, "click", "clicked this"],
    ["click", "desktop", "touch", "tap", "tapped this"],
    ["click", "tablet", "mouse", "click", "clicked this"],
    ["click", "tablet", "pen", "click", "clicked this"],
    ["click", "desktop", "key", "key press", "pressed this by a key"],
    ["rage", "phone", null, "rage tap", "tapped this in anger"],
    ["dead", "desktop", null, "dead click", "clicked this in vain"],
    ["hover", "desktop", null, "stay", "stayed on this"],
    ["move", "desktop", null, "move", "moved the pointer over this"],
  ]) {
    const name = `${kind} ${device} ${pointer}`;
    const said = words(kind, device, pointer);
    assert.deepEqual([said.one, said.did], [one, did], name);
  }
});

test("rates say who did it, and who of them bought", () => {
  const tapped = words("click", "phone");
  for (const [element, all, goal, expected] of [
    [
      { visitors: 120, buyers: 4 },
      1000,
      undefined,
      "12% of visitors tapped this, 3.3% of them bought",
    ],
    [
      { visitors: 1, buyers: 0 },
      1,
      "sign_up",
      "100% of visitors tapped this, 0% of them signed up for the newsletter",
    ],
    [{ visitors: 0, buyers: 0 }, 0, undefined, "0% of visitors tapped this"],
  ]) {
    assert.equal(rates(element, all, tapped, goal), expected);
  }
  const element = { points: 1200, visitors: 1 };
  assert.equal(amount(element, tapped), "1,200 taps by 1 visitor");
});

test("a comparison says whether it tells anything", () => {
  for (const [verdict, expected] of [
    ["few", "12% against 8%: too few visitors to tell"],
    ["same", "12% against 8%: no clear difference"],
    ["more", "12% against 8%: clearly more"],
    ["less", "12% against 8%: clearly fewer"],
  ]) {
    assert.equal(against(0.12, 0.08, verdict), expected);
  }
});

test("the legend says what its end stands for", () => {
  const click = words("click", "desktop");
  const spot = "on one spot the size of a fingertip.";
  for (const [said, expected] of [
    [hottest(0, { kind: "click", ...click }), ""],
    [
      hottest(23.4, { kind: "click", ...click }),
      `Hottest: about 23 clicks ${spot}`,
    ],
    [
      hottest(83_000, { kind: "hover" }),
      `Longest: 1\u00a0min 23\u00a0s in all ${spot}`,
    ],
    [
      hottestOfTwo(0.07, { kind: "click", ...click }, false),
      `Deepest colour: about 7 clicks for each hundred visitors ${spot}`,
    ],
    [
      hottestOfTwo(0, { kind: "click", ...click }, true),
      "No difference that chance would not make.",
    ],
    [
      hottestOfTwo(0.07, { kind: "click", ...click }, true),
      `Deepest colour: about 7 clicks more or fewer for each hundred visitors ${spot} What chance alone would make is left out.`,
    ],
  ]) {
    assert.equal(said, expected);
  }
});
