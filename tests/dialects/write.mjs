// Writes the golden bodies anew, where a dialect is meant to change: `node tests/dialects/write.mjs`.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { collectors, golden } from "./visit.mjs";

export const FOLDER = join(import.meta.dirname, "../fixtures/dialects");

if (process.argv[1] === import.meta.filename)
  for (const name of Object.keys(collectors))
    writeFileSync(join(FOLDER, `${name}.txt`), golden(name));
