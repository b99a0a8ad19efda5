import assert from "node:assert/strict";
import { test } from "node:test";
import { groups, read } from "./choice.js";

const about = { site: "demo", path: "/", device: "phone", from: 600, to: 900 };
const NOW = 1000;
const chosen = (text) => read(new URLSearchParams(text));
const asked = (text, scope = about) =>
  groups(chosen(text), scope, NOW).map((group) =>
    Object.fromEntries(
      Object.entries(group.asked).filter(
        ([name, value]) => value != null && about[name] !== value,
      ),
    ),
  );

test("the URL says what is asked for", () => {
  for (const [text, expected] of [
    ["", [{ kind: "click" }]],
    ["kind=nonsense&pointer=nose", [{ kind: "click" }]],
    ["kind=rage&pointer=touch", [{ kind: "rage", pointer: "touch" }]],
    ["kind=scroll&pointer=touch", [{}]],
    [
      "segment=no&campaign=spring&goal=sign_up",
      [
        {
          kind: "click",
          converted: "no",
          campaign: "spring",
          goal: "sign_up",
        },
      ],
    ],
    [
      "compare=period",
      [{ kind: "click" }, { kind: "click", from: 300, to: 600 }],
    ],
    [
      "compare=converted&segment=no",
      [
        { kind: "click", converted: "yes" },
        { kind: "click", converted: "no" },
      ],
    ],
    [
      "compare=variant&variant=a&against=b",
      [
        { kind: "click", variant: "a" },
        { kind: "click", variant: "b" },
      ],
    ],
    [
      "compare=campaign&campaign=spring",
      [{ kind: "click", campaign: "spring" }, { kind: "click" }],
    ],
  ]) {
    assert.deepEqual(asked(text), expected, text);
  }
});

test("all time has no time before it, but days may be chosen", () => {
  const always = { ...about, from: undefined, to: undefined };
  assert.equal(asked("compare=period", always).length, 1);
  const [, other] = groups(
    chosen("compare=period&from2=2026-03-01&to2=2026-03-02"),
    always,
    NOW,
  );
  const { from, to } = other.asked;
  assert.equal(from, new Date("2026-03-01T00:00").getTime());
  assert.equal(to - from, 2 * 24 * 3600 * 1000);
  const open = groups(
    chosen("compare=period"),
    { ...about, to: undefined },
    NOW,
  );
  assert.deepEqual([open[1].asked.from, open[1].asked.to], [200, 600]);
});
