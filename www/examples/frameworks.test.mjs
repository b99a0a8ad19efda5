// What docs/frameworks.md shows is what the examples run.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "../..");
const read = (path) => readFileSync(join(ROOT, path), "utf8");
/** A path between backticks on a line of its own, and the block below it. */
const BLOCK = /^`(www\/\S+)`\n\n```\w+\n([^]*?)```/gm;

test("each block of docs/frameworks.md stands so in the example that it names", () => {
  const doc = read("docs/frameworks.md");
  const blocks = [...doc.matchAll(BLOCK)];
  assert.equal(blocks.length, 9);
  for (const [, path, code] of blocks)
    assert.ok(read(path).includes(code), `${path} has no\n${code}`);
});
