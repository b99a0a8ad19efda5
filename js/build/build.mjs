// `npm run build`: everything in dist/, from nothing or from the last build.
import { main } from "./command.mjs";
import { ensurePackages } from "./packages.mjs";

/** Builds dist/, once per process; installs first what that needs. */
export function build() {
  built ??= make();
  return built;
}

let built;

async function make() {
  await ensurePackages();
  const { buildWasm } = await import("./wasm.mjs");
  const { bundle } = await import("./bundle.mjs");
  await buildWasm();
  await bundle();
}

if (process.argv[1] === import.meta.filename) await main(build);
