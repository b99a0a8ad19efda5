// Bundles js/ and the packed Wasm into dist/: what the npm package and the script tag consist of.
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { root } from "./command.mjs";
import { filesUnder, unlessFresh } from "./stamp.mjs";
import { PKG, pkg } from "./wasm.mjs";

export const DIST = join(root, "dist");

/** Wraps a classic script: esbuild's own wrapping brings a stand-in for `require` along. @param {string} code */
const alone = (code) => `(()=>{${code}})();`;

/**
 * Marks a script whose functions a visit soon calls: V8 compiles them while it loads, on another thread, and not in the visitor's first
 * click, which took a quarter longer. <https://v8.dev/blog/explicit-compile-hints> @param {string} code
 */
const eager = (code) => `//# allFunctionsCalledOnLoad\n${code}`;
const EAGER = ["spoor.js", "behaviour.js", "heat.js"];

/** Files of dist/ by the source that each is bundled from. */
const BUNDLES = [
  { file: "index.js", source: "js/index.js" },
  { file: "url.js", source: "js/url.js" },
  { file: "heatmap.js", source: "js/heatmap.js" },
  { file: "collectors.js", source: "js/collectors.js" },
  {
    file: "react.js",
    source: "js/react.js",
    // Without it the servers of Next.js take these for components of their own.
    wrap: (code) => `"use client";${code}`,
  },
  { file: "vue.js", source: "js/vue.js" },
  { file: "element.js", source: "js/element.js" },
  { file: "spoor.js", source: "js/global.js", wrap: alone },
  { file: "snippet.js", source: "js/snippet.js", wrap: alone },
];
/** Loaded only where a page needs them: js/parts.js. */
const SOMETIMES =
  "behaviour check date debug faults gzip heat history media outlets plain presets queues split tcf"
    .split(" ")
    .map((name) => `${name}.js`);
/** What several of a folder share, and is none of them. */
const SHARED = [
  "presets/common.js",
  "collectors/common.js",
  "collectors/ecommerce.js",
];
const filesOf = (folder) =>
  filesUnder(join(root, "js", folder))
    .filter((path) => path.endsWith(".js"))
    .map((path) => `${folder}/${basename(path)}`)
    .filter((file) => !SHARED.includes(file));
/** The documents of dialects. */
export const DIALECTS = filesOf("collectors");
/** Beside the presets, what chooses among them. */
const CHOOSER = "presets/auto.js";
/** The presets: each is data, and an entry of the npm package. */
export const PRESETS = filesOf("presets").filter((file) => file !== CHOOSER);
/** The presets, loaded where they are named, and the former. */
export const PARTS = [...PRESETS, CHOOSER, ...SOMETIMES, ...DIALECTS];
const COPIES = [
  { file: "spoor.wasm", source: pkg.wasm },
  { file: "index.d.ts", source: join(root, "js/index.d.ts") },
  { file: "collectors.d.ts", source: join(root, "js/collectors.d.ts") },
  { file: "heatmap.d.ts", source: join(root, "js/heatmap.d.ts") },
  { file: "react.d.ts", source: join(root, "js/react.d.ts") },
  { file: "vue.d.ts", source: join(root, "js/vue.d.ts") },
  { file: "element.d.ts", source: join(root, "js/element.d.ts") },
  ...PRESETS.map((file) => ({
    file: file.replace(/js$/, "d.ts"),
    source: join(root, "js/presets/preset.d.ts"),
  })),
];

const INTEGRITY = "integrity.json";
/** Everything in dist/. */
export const FILES = [
  ...[...BUNDLES, ...COPIES].map(({ file }) => file),
  ...PARTS,
  INTEGRITY,
];

/** What is loaded by itself, by whatever needs it. */
const APART = [
  ...["./presets/*", "./collectors/*", "./heatmap.js", "./index.js"],
  // Loads with js/collectors/snowplow.js.
  "./snowplow-entities.js",
  // The page's own.
  ...["react", "vue"],
  ...SOMETIMES.map((file) => `./${file}`),
];

/** terser finds 0.4 KB of brotli that esbuild leaves. */
const MINIFY = {
  module: true,
  ecma: 2022,
  compress: {
    passes: 3,
    pure_getters: true,
    hoist_funs: true,
    unsafe_arrows: true,
    lhs_constants: false,
    keep_fargs: false,
  },
};

/** What a page loads for each way in; sizes are reported and gated by these. */
export const ENTRIES = {
  "script tag": ["spoor.js", "spoor.wasm"],
  "npm, streamed": ["url.js", "spoor.wasm"],
  "npm, single file": ["index.js"],
  snippet: ["snippet.js"],
};

/** What a page with that framework loads besides, and no other page. */
export const FRAMEWORKS = ["react.js", "vue.js", "element.js"];

/** What no visitor's page loads: who reads what arrived takes it. */
export const READERS = ["heatmap.js"];

/** Writes dist/ where js/ or target/pkg has changed. */
export async function bundle() {
  const sources = [
    ...filesUnder(join(root, "js")).filter((path) => !path.includes("/build/")),
    ...filesUnder(join(root, "src/web")).filter((path) => path.endsWith(".js")),
  ];
  const step = {
    name: "dist",
    inputs: [...sources, PKG, import.meta.filename],
    outputs: FILES.map((file) => join(DIST, file)),
  };
  if (await unlessFresh(step, write)) console.log("bundled dist/");
}

/** Returns a part as it is shipped. @param {string} file under js/ */
export async function partCode(file) {
  const { build } = await import("esbuild");
  const { minify } = await import("terser");
  if (PRESETS.includes(file)) {
    // What is spread into a preset and replaced there would stand in its literal twice, of which bundlers warn.
    const { default: preset } = await import(join(root, "js", file));
    const code = `export default ${JSON.stringify(preset)}`;
    return (await minify(code, MINIFY)).code;
  }
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join("js", file)],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    external: APART.filter((path) => path !== `./${file}`),
    target: "es2022",
    logLevel: "warning",
  });
  return (await minify(outputFiles[0].text, MINIFY)).code;
}

async function write() {
  const { build } = await import("esbuild");
  const { minify } = await import("terser");
  const { names } = await import(pkg.glue);
  // The sink has all that the Wasm exports, also what no source names: no member of its own may be called so.
  const wasm = new WebAssembly.Module(readFileSync(pkg.wasm));
  const exported = WebAssembly.Module.exports(wasm)
    .filter(({ name }) => !Object.values(names).includes(name))
    .map(({ name }) => [`$_${name}`, name]);
  const taken = { ...names, ...Object.fromEntries(exported) };
  mkdirSync(DIST, { recursive: true });
  for (const { file, source, wrap = (code) => code } of BUNDLES) {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [source],
      outfile: join(DIST, file),
      bundle: true,
      // Names are left to terser.
      minifySyntax: true,
      minifyWhitespace: true,
      write: false,
      format: "esm",
      // Names that only our own files say to each other, and those by which the Wasm exports.
      mangleProps: /^\$/,
      mangleCache: taken,
      external: APART,
      // The sources may use ES2022; Wasm itself asks for browsers newer than that.
      target: "es2022",
      logLevel: "warning",
      legalComments: "none",
    });
    const { code } = await minify(outputFiles[0].text, MINIFY);
    put(file, wrap(code));
  }
  for (const file of PARTS) put(file, await partCode(file));
  for (const { file, source } of COPIES) cpSync(source, join(DIST, file));
  writeFileSync(join(DIST, INTEGRITY), integrity());
  // What an earlier build has left would be packed.
  const written = FILES.map((file) => join(DIST, file));
  for (const path of filesUnder(DIST))
    if (!written.includes(path)) rmSync(path);
}

/** Writes a script of dist/. @param {string} file @param {string} code */
function put(file, code) {
  mkdirSync(dirname(join(DIST, file)), { recursive: true });
  writeFileSync(join(DIST, file), EAGER.includes(file) ? eager(code) : code);
}

/** Says of each script of dist/ what a page may hold it to. <https://w3c.github.io/webappsec-subresource-integrity/> */
function integrity() {
  const files = [...BUNDLES.map(({ file }) => file), ...PARTS];
  const hashed = files.map((file) => {
    const hash = createHash("sha384").update(readFileSync(join(DIST, file)));
    return [file, `sha384-${hash.digest("base64")}`];
  });
  return JSON.stringify(Object.fromEntries(hashed), undefined, 2);
}
