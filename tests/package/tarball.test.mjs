// What is published: these files and no others, found by every resolver, with types, and no warning for who bundles it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { build } from "esbuild";
import { FILES, PRESETS } from "../../js/build/bundle.mjs";
import { attempt, root } from "../../js/build/command.mjs";
import { ENV, TARBALL, installed, packed, withSpoor } from "./built.mjs";

/** Not code. */
const BESIDE =
  "package.json README.md CHANGELOG.md LICENSE LICENSE-APACHE LICENSE-MIT";
/** Files to serve, which nobody imports. */
const SERVED = [
  ...["./spoor.js", "./spoor.wasm"],
  ...["./snippet.js", "./integrity.json"],
];
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
/** What a shop may have beside. */
const PEERS = Object.keys(manifest.peerDependencies ?? {});
/** The modules that can be imported, by the path after "spoor". */
const entries = [
  ...Object.keys(manifest.exports).filter(
    (path) => manifest.exports[path]?.types && !path.includes("*"),
  ),
  ...PRESETS.map((file) => `./${file.replace(".js", "")}`),
].map((path) => path.slice(1));

let folder;
before(async () => {
  await packed();
  await installed();
  folder = await withSpoor("types", ["types"]);
});

test("the tarball holds dist/, the licences and what there is to read", async () => {
  const { output } = await attempt("tar", "tar", ["tzf", TARBALL]);
  const files = output.trim().split("\n");
  const expected = [
    ...FILES.map((file) => `dist/${file}`),
    ...BESIDE.split(" "),
  ].map((file) => `package/${file}`);
  assert.deepEqual(files.sort(), expected.sort());
});

test("it brings nothing else along, and runs nothing where it is installed", () => {
  for (const key of Object.keys(manifest))
    assert.doesNotMatch(key, /^(optional|bundled?)?dependencies$/i);
  for (const peer of PEERS)
    assert.ok(manifest.peerDependenciesMeta?.[peer]?.optional, peer);
  for (const script of Object.keys(manifest.scripts))
    assert.doesNotMatch(script, /^(pre|post)?install$|^prepare$/);
});

test("publint finds nothing", () => tool("publint", [TARBALL, "--strict"]));

test("types are found and say what the code does", () =>
  tool("attw", [
    ...[TARBALL, "--profile", "esm-only", "--no-emoji"],
    ...["--exclude-entrypoints", ...SERVED],
  ]));

for (const resolution of [
  ["--module", "nodenext"],
  ["--module", "esnext", "--moduleResolution", "bundler"],
])
  test(`a program in TypeScript is checked by ${resolution.join(" ")}`, () =>
    tool("tsc", ["--noEmit", ...resolution], join(root, "node_modules/.bin/")));

test("no bundler has a word to say of what it reads, and drops what is not used", async () => {
  for (const entry of entries) {
    const used = `export * as all from "spoor${entry}";`;
    const { warnings } = await bundle(used);
    assert.deepEqual(warnings, [], entry);
    const unused = await bundle(`import * as all from "spoor${entry}";`);
    // An entry whose import defines an element is there to be kept.
    const stays = manifest.sideEffects.includes(`./dist${entry}.js`);
    assert.equal(unused.outputFiles[0].text.trim() !== "", stays, entry);
  }
});

/** Bundles a program that lies in the package itself: of what is in node_modules esbuild warns of less. */
const bundle = (contents) =>
  build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    external: PEERS,
    format: "esm",
    minify: true,
    write: false,
    logLevel: "silent",
  });

async function tool(name, args, path = "") {
  const { code, output } = await attempt(name, `${path}${name}`, args, {
    cwd: folder,
    env: ENV,
  });
  assert.equal(code, 0, output);
}
