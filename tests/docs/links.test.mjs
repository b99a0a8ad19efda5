// Links in the README and docs/ lead to files and headings that are there.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { root } from "../../js/build/command.mjs";

const CODE = /^```[^]*?^```/gm;
const LINK = /\]\(([^)\s]+)\)/g;
const text = (path) => readFileSync(path, "utf8").replace(CODE, "");

/** Returns the anchors that GitHub gives the headings of a page. */
const anchors = (path) =>
  [...text(path).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

/** Returns what is wrong with the links of a page. */
export function faults(path) {
  const found = [];
  for (const [, link] of text(path).matchAll(LINK)) {
    if (/^[a-z]+:/.test(link)) continue;
    const [file, anchor] = link.split("#");
    const to = file ? join(dirname(path), file) : path;
    if (!existsSync(to)) found.push(`${link}: no such file`);
    else if (anchor && !anchors(to).includes(anchor))
      found.push(`${link}: no such heading`);
  }
  return found;
}

const PAGES = [
  join(root, "README.md"),
  join(root, "CHANGELOG.md"),
  ...readdirSync(join(root, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => join(root, "docs", file)),
];

for (const page of PAGES)
  test(`links of ${relative(root, page)} lead somewhere`, () => {
    assert.deepEqual(faults(page), []);
  });

test("every page of docs/ is found from the README", () => {
  const readme = text(join(root, "README.md"));
  for (const page of PAGES.slice(2))
    assert.ok(
      readme.includes(`](${relative(root, page)}`),
      relative(root, page),
    );
});
