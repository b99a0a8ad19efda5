// `npm run check`: everything that can be told without running the program, and its size.
import { join } from "node:path";
import { build } from "./build.mjs";
import { answer, attempt, main, root } from "./command.mjs";
import { fuzzBuild } from "./fuzz.mjs";
import { ensurePackages } from "./packages.mjs";
import { asOne, lastLine, runParts } from "./parts.mjs";
import { wasmBuild, wasmToolchain } from "./toolchain.mjs";

const DENY = ["--", "-D", "warnings"];
/** How users have TypeScript find the package. */
const RESOLUTIONS = ["bundler", "nodenext"];
const FORMATTED = ["js", "www", "tests", "src/**/*.js", "*.json"];

/** Runs every part of the check; resolves to `{ passed, failed }`. */
export async function check() {
  await ensurePackages();
  for (const component of ["fmt", "clippy"]) ensureComponent(component);
  // tsc reads the glue that wasm-bindgen writes, and the package as its users do.
  await build();
  const toolchain = await wasmToolchain();
  const wasm = await wasmBuild(toolchain, { release: false });
  const fuzzed = await fuzzBuild();
  const ofFuzz = ["--manifest-path", "fuzz/Cargo.toml"];
  return runParts([
    program("format of Rust", "cargo", ["fmt", "--check"]),
    program("format of fuzz", "cargo", ["fmt", "--check", ...ofFuzz]),
    clippy("clippy", ["--all-targets"]),
    clippy("clippy, collector", ["--all-targets", "--features", "collector"]),
    clippy("clippy, fuzz", fuzzed.args, fuzzed),
    wasmLints(toolchain, wasm),
    docs("docs", ["--features", "collector"]),
    docs("docs, wasm", wasm.args, wasm, toolchain.cargo),
    tool("format of js, www, tests", "prettier", [
      ...["--check", "--log-level", "warn", "--no-error-on-unmatched-pattern"],
      ...FORMATTED,
    ]),
    tool("types of js", "tsc", ["--noEmit"]),
    ...RESOLUTIONS.map((name) =>
      tool(`types of the package, ${name}`, "tsc", [
        ...["-p", `tests/types/tsconfig.${name}.json`],
      ]),
    ),
    program("size", process.execPath, ["js/build/size.mjs"]),
  ]);
}

const program = (name, command, args, env = {}) => ({
  name,
  work: async () => asOne(await attempt(name, command, args, { env })),
});

const tool = (name, command, args) =>
  program(name, join(root, "node_modules/.bin", command), args);

const clippy = (name, args, { env, cargo = "cargo" } = {}) =>
  program(name, cargo, ["clippy", "--locked", ...args, ...DENY], env);

/** Debian packages no clippy for its wasm compiler: there the compiler's own warnings have to do. */
function wasmLints(toolchain, { args, env }) {
  const targets = ["--lib", "--test", "web", ...args];
  if (toolchain.prebuilt) return clippy("clippy, wasm", targets, { env });
  return program(
    "warnings, wasm (no clippy for this toolchain)",
    toolchain.cargo,
    ["check", "--locked", ...targets],
    { ...env, CARGO_ENCODED_RUSTFLAGS: "-Dwarnings" },
  );
}

const docs = (name, args, { env } = {}, cargo = "cargo") =>
  program(name, cargo, ["doc", "--locked", "--no-deps", ...args], {
    ...env,
    RUSTDOCFLAGS: "-D warnings",
  });

function ensureComponent(name) {
  if (answer("cargo", [name, "--version"])) return;
  answer("rustup", ["component", "add", name === "fmt" ? "rustfmt" : name]);
}

if (process.argv[1] === import.meta.filename) {
  await main(async () => {
    const counts = await check();
    console.log(lastLine(counts));
    if (counts.failed) process.exitCode = 1;
  });
}
