// Bundles js/ and the packed Wasm into dist/: what the npm package and the script tag consist of.
import { cpSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "./command.mjs";
import { filesUnder, unlessFresh } from "./stamp.mjs";
import { PKG, pkg } from "./wasm.mjs";

export const DIST = join(root, "dist");

/** Files of dist/ by the source that each is bundled from. */
const BUNDLES = [
  { file: "index.js", source: "js/index.js" },
  { file: "url.js", source: "js/url.js" },
  // Wrapped by hand: esbuild's own wrapping brings a stand-in for `require` along.
  {
    file: "spoor.js",
    source: "js/global.js",
    wrap: ['"use strict";(()=>{', "})();"],
  },
];
const PRESETS = filesUnder(join(root, "js/presets"))
  .filter((path) => !path.endsWith(".test.mjs"))
  .map((path) => `presets/${basename(path)}`)
  .filter((file) => file !== "presets/common.js");
const COPIES = [
  { file: "spoor.wasm", source: pkg.wasm },
  { file: "index.d.ts", source: join(root, "js/index.d.ts") },
];

/** What a page loads for each way in; sizes are reported and gated by these. */
export const ENTRIES = {
  "script tag": ["spoor.js", "spoor.wasm"],
  "npm, streamed": ["url.js", "spoor.wasm"],
  "npm, single file": ["index.js"],
};

/** Writes dist/ where js/ or target/pkg has changed. */
export async function bundle() {
  const sources = [
    ...filesUnder(join(root, "js")).filter((path) => !path.includes("/build/")),
    ...filesUnder(join(root, "src/web")).filter((path) => path.endsWith(".js")),
  ];
  const step = {
    name: "dist",
    inputs: [...sources, PKG, import.meta.filename],
    outputs: [
      ...[...BUNDLES, ...COPIES].map(({ file }) => file),
      ...PRESETS,
    ].map((file) => join(DIST, file)),
  };
  if (await unlessFresh(step, write)) console.log("bundled dist/");
}

async function write() {
  const { build } = await import("esbuild");
  const { names } = await import(pkg.glue);
  mkdirSync(DIST, { recursive: true });
  for (const { file, source, wrap = [] } of BUNDLES) {
    await build({
      absWorkingDir: root,
      entryPoints: [source],
      outfile: join(DIST, file),
      bundle: true,
      minify: true,
      format: "esm",
      banner: { js: wrap[0] ?? "" },
      footer: { js: wrap[1] ?? "" },
      // Names that only our own files say to each other, and those by which the Wasm exports.
      mangleProps: /^\$/,
      mangleCache: names,
      // Loaded only where they are named.
      external: ["./presets/*"],
      // The sources may use ES2022; Wasm itself asks for browsers newer than that.
      target: "es2022",
      logLevel: "warning",
      legalComments: "none",
    });
  }
  for (const file of PRESETS) {
    await build({
      absWorkingDir: root,
      entryPoints: [join("js", file)],
      outfile: join(DIST, file),
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      logLevel: "warning",
    });
  }
  for (const { file, source } of COPIES) cpSync(source, join(DIST, file));
}
