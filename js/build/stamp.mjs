// Skips a step whose inputs have not changed since it last succeeded.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { root } from "./command.mjs";

const STAMPS = join(root, "target/stamps");

/** Lists the files under a path, sorted; a path that is a file is its own list. */
export function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

/** Returns a digest of the contents of `inputs` (files or folders) and of `key`. */
export function digest(inputs, key = "") {
  const hash = createHash("sha256").update(key);
  for (const file of inputs.flatMap(filesUnder)) {
    hash.update(`\0${file}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Runs `work` unless `outputs` all exist and were made from the same `inputs` and `key`; says whether it ran. */
export async function unlessFresh({ name, inputs, key, outputs }, work) {
  const stamp = join(STAMPS, name);
  const now = digest(inputs, key);
  const fresh =
    outputs.every(existsSync) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === now;
  if (fresh) return false;
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stamp, now);
  return true;
}
