import assert from "node:assert/strict";
import { test } from "node:test";
import { say } from "./debug.js";

test("each step is a line in the console, by its name", (t) => {
  const debug = t.mock.method(console, "debug", () => {});
  say("hears", ["13,1700000000000\x1dsize_guide\x1c{\x1f]"]);
  say("does", ["0\x1d0\x1d7\x1dbatch\x1d{}", "5\x1dbatch", "99"]);
  assert.deepEqual(
    debug.mock.calls.map(({ arguments: said }) => said),
    [
      ["spoor hears: tracked", "1700000000000", "size_guide", "{", "]"],
      ["spoor does: send", "0", "7", "batch", "{}"],
      ["spoor does: drop", "batch"],
      ["spoor does: 99"],
    ],
  );
});
