// The ten sessions. Each is `{ name, visit, truth, answer }`: what a person did, what another, who watched, wrote down, and
// what the shop's server answers. See play.mjs and score.mjs.
import { readdirSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "visits");

export const sessions = await Promise.all(
  readdirSync(FOLDER)
    .sort()
    .map(async (file) => (await import(join(FOLDER, file))).default),
);
