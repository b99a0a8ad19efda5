import assert from "node:assert/strict";
import { test } from "node:test";
import { cell, csv } from "./csv.js";

test("a cell is quoted where it has to be, and is never a formula", () => {
  for (const [value, expected] of [
    ["Add to cart", "Add to cart"],
    ["a,b", '"a,b"'],
    ['6" tent', '"6"" tent"'],
    ["two\nlines", '"two\nlines"'],
    ["=1+1", "'=1+1"],
    ["+49", "'+49"],
    ["-3", "'-3"],
    ["@sum", "'@sum"],
    ["\t=1", "'\t=1"],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
    [-0.5, "-0.5"],
    [0, "0"],
    ["", ""],
    [null, ""],
  ]) {
    assert.equal(cell(value), expected, String(value));
  }
});

test("rows end as RFC 4180 says, after the mark that Excel needs", () => {
  assert.equal(
    csv([
      ["a", "b"],
      ["c", 1],
    ]),
    "\ufeffa,b\r\nc,1\r\n",
  );
});
