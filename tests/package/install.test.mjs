// docs/install.md shows the files and commands that are tested here, and tells of the matrix what it is.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../js/build/command.mjs";
import { apps } from "./apps.mjs";

const HERE = import.meta.dirname;
const read = (file) => readFileSync(join(HERE, file), "utf8");
const page = readFileSync(join(root, "docs/install.md"), "utf8");
const blocks = [...page.matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm)].map(
  ([, language, file, code]) => ({ language, file, code }),
);
const commands = blocks
  .filter(({ language }) => language === "sh")
  .flatMap(({ code }) => code.trimEnd().split("\n"));
/** Entry files that are the same code. */
const SAME = apps.filter(({ main }) => /(main|index)\.js$/.test(main ?? ""));

for (const { language, file, code } of blocks)
  if (language !== "sh")
    test(`the page shows ${file} as it is tested`, () =>
      assert.equal(code, read(file)));

test("every command of the page is run, and every command that is run is on the page", () => {
  const run = apps.flatMap(({ build }) => build);
  const shown = commands.map((line) => line.replace(/^npx /, ""));
  // Vue's builds are its template's own, for browser and server.
  const own = /--outDir/;
  assert.deepEqual(
    new Set(shown),
    new Set(["npm install spoor", ...run.filter((line) => !own.test(line))]),
  );
});

test("where the page shows one main.js for all, it is the same for all", () => {
  assert.ok(SAME.length > 5);
  for (const { folders, main } of SAME)
    assert.equal(read(join(folders[0], main)), read("vite/main.js"), folders);
});

test("the table says what the matrix holds", () => {
  const { dependencies } = JSON.parse(read("package.json"));
  const rows = page
    .split("\n")
    .filter((line) => /\| (Wasm|no) \|$/.test(line))
    .map((line) => line.slice(2, -2).split(" | "));
  const expected = new Map();
  for (const { bundler, packages, entry, expect } of apps) {
    const row = expected.get(bundler) ?? [
      bundler,
      packages.map((name) => dependencies[name]).join(", ") || "–",
    ];
    row[["spoor", "spoor/url"].indexOf(entry) + 2] = expect;
    expected.set(bundler, row);
  }
  // One entry alone is not a row.
  const whole = [...expected.values()].filter(({ length }) => length === 4);
  assert.deepEqual(rows, whole);
});

test("every link of the page leads somewhere", () => {
  for (const [, file] of page.matchAll(/\]\(([^)#]+)/g))
    assert.ok(existsSync(join(root, "docs", file)), file);
});
