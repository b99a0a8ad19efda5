// Chooses what compiles for wasm32: the toolchain's own target, one that rustup fetches, or Debian's packages.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { answer, has, root } from "./command.mjs";
import { aptInstall } from "./system.mjs";

export const TARGET = "wasm32-unknown-unknown";

const DEBIAN_PACKAGES = [
  "rustc-web",
  "cargo-web",
  "rust-web-src",
  "rust-web-llvm",
  "lld-22",
];
const DEBIAN_SOURCE = "/usr/lib/rustlib/src/rust/library";
const REBUILD = ["-Zbuild-std=std,panic_abort"];

/** Tries, in this order, the ways to a working target; each answers with a toolchain or undefined. */
const WAYS = { own, rustup, debian };

/**
 * Returns the Wasm toolchain: `{ name, about, cargo, env, prebuilt, source, dir }`.
 * `SPOOR_WASM_TOOLCHAIN` (own, rustup or debian) forces one way.
 */
export function wasmToolchain() {
  chosen ??= choose();
  return chosen;
}

let chosen;

async function choose() {
  const forced = process.env.SPOOR_WASM_TOOLCHAIN;
  if (forced && !WAYS[forced]) {
    throw new Error(
      `SPOOR_WASM_TOOLCHAIN is "${forced}": use one of ${Object.keys(WAYS).join(", ")}`,
    );
  }
  for (const name of forced ? [forced] : Object.keys(WAYS)) {
    const found = await WAYS[name]();
    if (!found) continue;
    console.log(`wasm toolchain: ${found.about}`);
    return { name, ...found };
  }
  throw new Error(
    `no Rust toolchain here compiles for ${TARGET}${forced ? ` by way "${forced}"` : ""}. Any one of these helps:
  rustup target add ${TARGET}
  apt-get install ${DEBIAN_PACKAGES.join(" ")}   (Debian, as root)`,
  );
}

/** Returns the std source of the toolchain, fetched by rustup where it is missing, or undefined. */
export async function stdSource(toolchain) {
  if (existsSync(join(toolchain.source, "Cargo.lock"))) return toolchain.source;
  if (toolchain.name === "debian" || !has("rustup")) return undefined;
  answer("rustup", ["component", "add", "rust-src"]);
  return existsSync(join(toolchain.source, "Cargo.lock"))
    ? toolchain.source
    : undefined;
}

/**
 * Returns the cargo arguments and environment of a wasm build, and for `cargo rustc` those of the last crate alone.
 * `compiled` is the folder of what it writes.
 * `release` rebuilds std without panic machinery where its source is at hand: 2.7 KB brotli smaller or more.
 */
export async function wasmBuild(toolchain, { release }) {
  const rebuilt =
    !toolchain.prebuilt || (release && Boolean(await stdSource(toolchain)));
  const flags = release ? releaseFlags(toolchain, rebuilt) : [];
  // Builds with other flags or another compiler keep their own folder, so that none undoes another's work.
  const folder = `target/wasm-${toolchain.name === "debian" ? "debian-" : ""}${release ? "release" : "dev"}`;
  const built = join(root, folder);
  return {
    std: rebuilt
      ? release
        ? "rebuilt, immediate-abort"
        : "rebuilt"
      : "prebuilt",
    args: [...["--target", TARGET], ...(rebuilt ? REBUILD : [])],
    last: release ? LAST : [],
    compiled: join(built, TARGET),
    env: {
      ...toolchain.env,
      ...(rebuilt && { RUSTC_BOOTSTRAP: "1" }),
      ...(flags.length && { CARGO_ENCODED_RUSTFLAGS: flags.join("\x1f") }),
      CARGO_TARGET_DIR: built,
    },
  };
}

/** What LLVM does otherwise where all crates are linked into one: there alone, as each gains less or loses in a crate. */
const LAST = [
  // A little more inlining than opt-level z has, and calls weighed as what they take: 340 bytes of brotli.
  "-Cllvm-args=-inline-threshold=10",
  "-Cllvm-args=-inline-call-penalty=35",
  // Loops keep one counter instead of a pointer per array: 230 bytes.
  "-Cllvm-args=-disable-lsr",
  // What one branch computed is not computed early for the other: 140 bytes.
  "-Cllvm-args=-enable-pre=false",
];

/** 64 KiB of stack: the core does not recurse deeply, and the default of 1 MiB is memory of the host page. */
const STACK_BYTES = 65_536;

function releaseFlags({ source }, rebuilt) {
  const home =
    process.env.CARGO_HOME ?? join(process.env.HOME ?? "/", ".cargo");
  return [
    `-Clink-arg=-zstack-size=${STACK_BYTES}`,
    // A prebuilt std keeps panic locations; they are to tell no path of the machine that built.
    `--remap-path-prefix=${home}=/cargo`,
    `--remap-path-prefix=${root}=/spoor/`,
    `--remap-path-prefix=${source}=/rust/library`,
    ...(rebuilt ? ["-Zunstable-options", "-Cpanic=immediate-abort"] : []),
  ];
}

function own() {
  const library = answer("rustc", [
    "--print",
    "target-libdir",
    "--target",
    TARGET,
  ]);
  if (!library || !existsSync(library)) return undefined;
  const about = `${answer("rustc", ["--version"])}, its own ${TARGET}`;
  return describe(about, "cargo", {}, true);
}

function rustup() {
  if (!has("rustup")) return undefined;
  if (answer("rustup", ["target", "add", TARGET]) === undefined)
    return undefined;
  const found = own();
  return found && { ...found, about: `${found.about} (by rustup target add)` };
}

async function debian() {
  if (!existsSync(DEBIAN_SOURCE) || !existsSync("/usr/bin/cargo")) {
    if (!(await aptInstall(DEBIAN_PACKAGES))) return undefined;
  }
  // Debian's cargo calls the `rustc` it finds first, which must not be rustup's.
  const env = {
    PATH: `/usr/bin${delimiter}${process.env.PATH}`,
    RUSTC: "/usr/bin/rustc",
  };
  const about = `${answer("/usr/bin/rustc", ["--version"])}, Debian's, std built from source`;
  return describe(about, "/usr/bin/cargo", env, false);
}

function describe(about, cargo, env, prebuilt) {
  const rustc = env.RUSTC ?? "rustc";
  const sysroot = answer(rustc, ["--print", "sysroot"]) ?? "";
  const source = join(sysroot, "lib/rustlib/src/rust/library");
  return { about, cargo, env, prebuilt, source };
}
