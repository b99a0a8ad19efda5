// Installs the npm packages of the lock file where they are missing or stale. Imports node's own modules only.
import { statSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./command.mjs";

const modified = (path) =>
  statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Makes `node_modules` what `package-lock.json` says. */
export async function ensurePackages() {
  const installed = modified("node_modules/.package-lock.json");
  if (installed >= modified("package-lock.json")) return;
  await run("installing npm packages", "npm", ["ci", "--no-progress"]);
}
