import assert from "node:assert/strict";
import { test } from "node:test";
import { isStable, selectorOf } from "../src/web/selector.js";

const page = {};
/** Builds elements, the innermost first: tag, id, class, further attributes, how many of its tag stand before it, and whether these bear
 * its classes too. */
function built(steps, root = {}) {
  let parent = root;
  for (const [
    localName,
    id,
    classes,
    more = {},
    nth = 0,
    alike = true,
  ] of steps.toReversed()) {
    const attributes = { id, class: classes, ...more };
    const el = {
      localName,
      ownerDocument: page,
      classList: classes.split(" "),
      parentNode: parent,
      parentElement: parent === root ? null : parent,
      getAttribute: (name) => attributes[name] ?? null,
      getRootNode: () => root,
    };
    const other = { localName, matches: () => alike };
    parent.children = [...Array(nth).fill(other), el];
    parent = el;
  }
  return parent;
}

test("stable names come first and positions last", () => {
  for (const [steps, expected] of [
    [
      [
        ["button", "add", "btn", {}, 1],
        ["main", "", ""],
      ],
      "#add",
    ],
    [
      [
        ["button", "", "btn primary wide", {}, 1],
        ["main", "", ""],
      ],
      "main > button.btn.primary:nth-of-type(2)",
    ],
    // Whatever its place is: that breaks with the next banner.
    [
      [
        ["button", "", "btn primary wide", {}, 1, false],
        ["main", "", ""],
      ],
      "main > button.btn.primary",
    ],
    [
      [
        ["a", "", "css-1x2y3z card"],
        ["li", "", "sc-bdVaJa", {}, 3],
        ["ul", "grid", ""],
        ["main", "", ""],
      ],
      "#grid > li:nth-of-type(4) > a.card",
    ],
    [
      [["button", "input-17", "is-active", { "data-testid": "save" }]],
      'button[data-testid="save"]',
    ],
    [[["button", "", "", { "data-sku": 'a"b' }]], "button"],
    [
      [["b", "", "x", { "data-sku": "A1", "data-testid": "" }]],
      'b[data-sku="A1"]',
    ],
    // A product is the same wherever it stands in its list; what is only named for tests is one of many.
    [
      [["b", "", "", { "data-product-id": "A1" }, 3]],
      'b[data-product-id="A1"]',
    ],
    [
      [["b", "", "", { "data-testid": "card", "data-sku": "A1" }, 3]],
      'b[data-sku="A1"]',
    ],
    [
      [["b", "", "", { "data-testid": "card" }, 3]],
      'b[data-testid="card"]:nth-of-type(4)',
    ],
    [[["i", ":r3:", "addToCart", {}, 0]], "i.addToCart"],
  ])
    assert.equal(selectorOf(built(steps)), expected);
});

test("a shadow root is entered by three arrows", () => {
  const host = built([
    ["x-card", "", "", {}, 2],
    ["main", "shop", ""],
  ]);
  const button = built(
    [
      ["button", "", "buy"],
      ["div", "box", ""],
      ["p", "", ""],
    ],
    { host, children: [] },
  );
  assert.equal(
    selectorOf(button),
    "#shop > x-card:nth-of-type(3) >>> #box > button.buy",
  );
});

test("a deep element is named by its nearest ancestors", () => {
  const steps = Array.from({ length: 12 }, (_, n) => [`x${n}`, "", ""]);
  assert.equal(selectorOf(built(steps)).split(" > ").length, 8);
});

test("names that tools wrote are told from chosen ones", () => {
  for (const name of "add-to-cart h1 step-2b product_card addToCart btn mainNav Button".split(
    " ",
  ))
    assert.ok(isStable(name), name);
  for (const name of [
    "",
    "css-1x2y3z",
    "css-kqwzfa",
    "svelte-kqwzfa",
    "sc-bdVaJa",
    "input-17",
    "col-2",
    ":r3:",
    "1a",
    "-x",
    "ember1234",
    "jsx-2871293847",
    "is-open",
    "a b",
    "é",
    "x".repeat(41),
  ])
    assert.ok(!isStable(name), name);
});
