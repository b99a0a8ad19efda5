// Provides the wasm-bindgen command-line tool in the version of the crate, as Cargo.lock pins it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { answer, attempt, root, run } from "./command.mjs";

const TOOLS = join(root, "target/tools");

/** Reads the pinned version of a crate out of the text of a Cargo.lock. */
export function lockedVersion(lock, name) {
  const entry = lock.match(
    new RegExp(`\\[\\[package\\]\\]\\nname = "${name}"\\nversion = "([^"]+)"`),
  );
  if (!entry) {
    throw new Error(`Cargo.lock holds no ${name}: run cargo generate-lockfile`);
  }
  return entry[1];
}

/** Returns the paths `{ bindgen, testRunner }`; compiles the tool first where the version does not match. */
export async function bindgenTool() {
  const bindgen = join(TOOLS, "bin/wasm-bindgen");
  const testRunner = join(TOOLS, "bin/wasm-bindgen-test-runner");
  const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
  const version = lockedVersion(lock, "wasm-bindgen");
  if (answer(bindgen, ["--version"]) === `wasm-bindgen ${version}`) {
    return { bindgen, testRunner };
  }
  const title = `compiling wasm-bindgen ${version} (once, some minutes)`;
  const args = ["install", "wasm-bindgen-cli", "--version", version];
  args.push("--root", TOOLS, "--force");
  // The tool runs for a moment: optimising it would take longer than it ever saves.
  const env = {
    CARGO_PROFILE_RELEASE_OPT_LEVEL: "0",
    CARGO_TARGET_DIR: join(root, "target/tools/build"),
  };
  const { code } = await attempt(title, "cargo", [...args, "--locked"], {
    env,
  });
  // A registry mirror may lag behind the lock file that the tool ships with.
  if (code !== 0) await run(title, "cargo", args, { env });
  return { bindgen, testRunner };
}
