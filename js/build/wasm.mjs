// Makes target/pkg out of the crate: cargo, then wasm-bindgen, then wasm-opt.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bindgenTool } from "./bindgen.mjs";
import { root, run } from "./command.mjs";
import { asModule } from "./plain.mjs";
import { shorten } from "./shorten.mjs";
import { textOf } from "./text.mjs";
import { TYPES, thin, withOwnFiles } from "./glue.mjs";
import { unlessFresh } from "./stamp.mjs";
import { wasmBuild, wasmToolchain } from "./toolchain.mjs";

export const PKG = join(root, "target/pkg");

/** What a build leaves behind, all in target/pkg. */
export const pkg = {
  /** What is left of wasm-bindgen's glue, see js/build/glue.mjs. */
  glue: join(PKG, "spoor.js"),
  /** The module that ships. */
  wasm: join(PKG, "spoor.wasm"),
  /** The same code with the names of its functions kept, for the size ledger. */
  named: join(PKG, "spoor.named.wasm"),
  /** `instantiate(imports)`: the module as JavaScript, see js/build/plain.mjs. */
  plain: join(PKG, "plain.js"),
  /** `export const wasm`: the module as text. */
  inline: join(PKG, "inline.js"),
  /** How it was built: `{ toolchain, std }`. */
  facts: join(PKG, "facts.json"),
};

/** What rustc's wasm32 target may use, and no more: `--all-features` writes modules that browsers reject. */
const FEATURES = [
  "bulk-memory",
  "bulk-memory-opt",
  "call-indirect-overlong",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
];
const tool = (name) => join(root, "node_modules/binaryen/bin", name);
const OPT = tool("wasm-opt");
const ENABLED = [
  "--mvp-features",
  ...FEATURES.map((feature) => `--enable-${feature}`),
];
/** Of wasm-bindgen's own exports, the one that our glue calls: no object crosses, and what is handed in is freed inside. */
const MALLOC = "__wbindgen_malloc";
const OPT_ARGS = [
  // A round over flat code, with its blocks laid anew, leaves 2 % less than -Oz alone.
  ...["--flatten", "--rereloop", "-Oz", "-Oz", "--converge"],
  // What it shares costs more to name than to say again: 65 bytes, 150 of more code.
  "--skip-pass=local-cse",
  // A body of two instructions or so is no longer than its call: 53 bytes.
  "--always-inline-max-function-size=4",
  // As with the one before, brotli sees more of the same without: 34 bytes.
  "--skip-pass=simplify-locals",
  // What is called most has the shortest numbers: 65 bytes less than in the order of names.
  "--reorder-functions",
  // rustc puts the stack first, so that no object ever lies in the lowest kilobyte.
  "--low-memory-unused",
  "--strip-producers",
  "--strip-target-features",
  ...ENABLED,
];
/** For the twin in JavaScript: what JavaScript has no like of, in words of older Wasm. */
const LOWERED = [
  "--llvm-memory-copy-fill-lowering",
  "--llvm-nontrapping-fptoint-lowering",
  "--signext-lowering",
];

/** Builds what browsers load into target/pkg, once per process; skips what is unchanged. */
export function buildWasm() {
  built ??= make();
  return built;
}

let built;

async function make() {
  const toolchain = await wasmToolchain();
  const { bindgen } = await bindgenTool();
  const build = await wasmBuild(toolchain, { release: true });
  const { args, env, last, std } = build;
  await run(
    `compiling the SDK to wasm (std ${std})`,
    toolchain.cargo,
    // Beside an rlib, as Cargo.toml has it for the host, cargo skips LTO: 3.6 KB of brotli.
    [
      ...["rustc", "--lib", "--crate-type", "cdylib"],
      ...["--profile", "wasm", ...args, "--", ...last],
    ],
    { env },
  );
  const compiled = join(build.compiled, "wasm/spoor.wasm");
  const facts = { toolchain: toolchain.about, std };
  const step = {
    name: "pkg",
    inputs: [
      compiled,
      OPT,
      import.meta.filename,
      join(root, "js/build/glue.mjs"),
      ...["plain", "shorten", "text"].map((name) =>
        join(root, `js/build/${name}.mjs`),
      ),
    ],
    key: JSON.stringify(facts),
    outputs: Object.values(pkg),
  };
  await unlessFresh(step, () => pack(compiled, bindgen, facts));
}

async function pack(compiled, bindgen, facts) {
  mkdirSync(PKG, { recursive: true });
  await run("binding the SDK to JavaScript", bindgen, [
    compiled,
    ...["--target", "web", "--out-dir", PKG, "--out-name", "spoor"],
    // The loaders always say where the module is.
    ...["--omit-default-module-path", "--encode-into", "always"],
  ]);
  const bound = join(PKG, "spoor_bg.wasm");
  const types = join(PKG, "spoor.d.ts");
  await trim(bound);
  const optimise = (title, output, extra) =>
    run(title, process.execPath, [
      ...[OPT, bound, "-o", output, ...OPT_ARGS, ...extra],
    ]);
  await optimise("shrinking the SDK", pkg.wasm, []);
  await optimise("shrinking its twin with names", pkg.named, ["-g"]);
  const { wasm, glue, snippets } = shorten(
    readFileSync(pkg.wasm),
    readFileSync(pkg.glue, "utf8"),
  );
  writeFileSync(pkg.wasm, wasm);
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(wasm));
  const names = exported.map(({ name }) => name);
  writeFileSync(pkg.glue, withOwnFiles(thin(glue, snippets, names)));
  writeFileSync(types, TYPES);
  writeFileSync(
    pkg.inline,
    `// Generated by js/build/wasm.mjs.\nexport const wasm = "${textOf(wasm)}";\n`,
  );
  await translate();
  writeFileSync(pkg.facts, `${JSON.stringify(facts, null, 2)}\n`);
}

/** Takes out of a bound module what nobody calls: exports for glue that we do not use, 135 bytes of brotli. */
async function trim(bound) {
  const module = new WebAssembly.Module(readFileSync(bound));
  const names = WebAssembly.Module.exports(module)
    .map(({ name }) => name)
    .filter((name) => name === MALLOC || !name.startsWith("__"));
  const graph = join(PKG, "reached.json");
  const reached = names.map((name) => ({ name, export: name }));
  const page = { name: "page", root: true, reaches: names };
  writeFileSync(graph, JSON.stringify([page, ...reached]));
  await run("trimming the SDK", process.execPath, [
    ...[tool("wasm-metadce"), bound, "-g", "-f", graph, "-o", bound],
    ...ENABLED,
  ]);
}

/** Translates the module to JavaScript, for pages that bar Wasm. */
async function translate() {
  const lowered = join(PKG, "spoor.lowered.wasm");
  await run("lowering the SDK", process.execPath, [
    ...[OPT, pkg.wasm, "-o", lowered, ...LOWERED, "-Oz", ...ENABLED],
  ]);
  await run("translating the SDK to JavaScript", process.execPath, [
    ...[tool("wasm2js"), lowered, "-O", "-o", pkg.plain, ...ENABLED],
  ]);
  writeFileSync(pkg.plain, asModule(readFileSync(pkg.plain, "utf8")));
}
