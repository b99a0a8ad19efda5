// `npm run size`: what a page loads, compressed, against the budgets; and where the bytes of the Wasm go.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "./build.mjs";
import { main, root } from "./command.mjs";

const KIB = 1024;
/** Functions listed by `npm run size -- --functions`. */
const LARGEST = 40;

/**
 * Most bytes of brotli that each way in may cost a page: Wasm, glue and loader together; and what may stand before the script tag. The
 * aim is 32 KiB.
 * A single file carries the Wasm as text, which costs 3 % more than the Wasm.
 */
export const BUDGETS = {
  "script tag": 36 * KIB,
  "npm, streamed": 36 * KIB,
  "npm, single file": 37.5 * KIB,
  snippet: 600,
};

/** Most bytes of brotli of the template engine, which outlets.js holds, and of one dialect's document. */
export const DIALECT_BUDGETS = { engine: 3 * KIB, document: KIB };

/** Most bytes of brotli of the entry of a framework, beside what it starts. */
export const FRAMEWORK_BUDGET = 1.5 * KIB;

/** Returns the bytes of a file as they are, and as a server sends them. */
export function weigh(bytes) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  };
}

/** Returns one sentence per way in that costs more than its budget, or that has no budget at all. */
export function faults(totals, budgets = BUDGETS) {
  return Object.entries(totals).flatMap(([entry, { brotli }]) => {
    const budget = budgets[entry];
    if (budget === undefined) return [`${entry}: no budget is set`];
    if (brotli <= budget) return [];
    const over = grouped(brotli - budget);
    return [`${entry}: ${over} bytes over its budget of ${grouped(budget)}`];
  });
}

/** Returns the files of dist/ that the package's `exports` name, but those that are known. */
export function further(exports, known) {
  return Object.values(exports)
    .map((target) => target?.default?.replace("./dist/", ""))
    .filter((file) => file && !file.includes("*") && !known.includes(file));
}

/** Weighs each way in, file by file. */
export function measure(entries, dist) {
  return Object.fromEntries(
    Object.entries(entries).map(([entry, files]) => {
      const parts = files.map((file) => ({
        file,
        ...weigh(readFileSync(join(dist, file))),
      }));
      const sum = (unit) => parts.reduce((all, part) => all + part[unit], 0);
      const total = {
        raw: sum("raw"),
        gzip: sum("gzip"),
        brotli: sum("brotli"),
      };
      return [entry, { parts, total }];
    }),
  );
}

const grouped = (bytes) => bytes.toLocaleString("en-US");

function table(rows) {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map((row) => row[column].length)),
  );
  const line = (row) =>
    row
      .map((cell, column) =>
        column === 0
          ? cell.padEnd(widths[column])
          : cell.padStart(widths[column]),
      )
      .join("  ");
  return rows.map(line).join("\n");
}

const row = (name, { brotli, gzip, raw }, budget = "") =>
  [name, grouped(brotli), grouped(gzip), grouped(raw), budget].map(String);

function entryRows(entry, { parts, total }) {
  return [
    row(entry, total, `of ${grouped(BUDGETS[entry])}`),
    ...(parts.length > 1
      ? parts.map((part) => row(`  ${part.file}`, part))
      : []),
  ];
}

/** Prints the ledger and the totals; throws where a budget is exceeded. */
export async function size() {
  await build();
  const { DIALECTS, DIST, ENTRIES, FRAMEWORKS, partCode, PARTS, READERS } =
    await import("./bundle.mjs");
  const { pkg } = await import("./wasm.mjs");
  const { largest, ledger } = await import("./ledger.mjs");
  const facts = JSON.parse(readFileSync(pkg.facts, "utf8"));
  const sizes = measure(ENTRIES, DIST);

  console.log(`\nWhere the bytes of the Wasm go (uncompressed):\n`);
  const named = readFileSync(pkg.named);
  const spent = ledger(named);
  console.log(table(spent.map(({ part, bytes }) => [part, grouped(bytes)])));
  if (process.argv.includes("--functions")) {
    console.log(`\nIts largest functions:\n`);
    const rows = largest(named, LARGEST);
    console.log(table(rows.map(({ name, bytes }) => [name, grouped(bytes)])));
  }
  const engine = weigh(Buffer.from(await partCode("dialect.js")));
  /** The most that single files may weigh. */
  const budgets = Object.fromEntries([
    ...DIALECTS.map((file) => [file, DIALECT_BUDGETS.document]),
    ...FRAMEWORKS.map((file) => [file, FRAMEWORK_BUDGET]),
  ]);
  const weighed = (file) => weigh(readFileSync(join(DIST, file)));
  const weights = Object.fromEntries(
    Object.keys(budgets).map((file) => [file, weighed(file)]),
  );
  const listed = (files) =>
    files.map((file) => {
      const most = budgets[file];
      const weight = weights[file] ?? weighed(file);
      return row(`  ${file}`, weight, most ? `of ${grouped(most)}` : "");
    });
  const { exports } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const known = [
    ...Object.values(ENTRIES).flat(),
    ...PARTS,
    ...FRAMEWORKS,
    ...READERS,
  ];
  console.log(`\n${facts.toolchain}; std ${facts.std}\n`);
  console.log(
    table([
      ["bytes", "brotli", "gzip", "raw", "budget (brotli)"],
      ...Object.entries(sizes).flatMap((pair) => entryRows(...pair)),
      ["loaded where it is needed", "", "", "", ""],
      ...listed(PARTS.filter((file) => !DIALECTS.includes(file))),
      ["dialects, loaded where they are named", "", "", "", ""],
      row(
        "  engine, in outlets.js",
        engine,
        `of ${grouped(DIALECT_BUDGETS.engine)}`,
      ),
      ...listed(DIALECTS),
      ["frameworks, loaded where they are imported", "", "", "", ""],
      ...listed(FRAMEWORKS),
      ["loaded by who reads heatmaps", "", "", "", ""],
      ...listed(READERS),
      ["further entries of the package", "", "", "", ""],
      ...listed(further(exports, known)),
    ]),
  );
  const totals = Object.fromEntries(
    Object.entries(sizes).map(([entry, { total }]) => [entry, total]),
  );
  const found = [
    ...faults(totals),
    ...faults({ engine }, DIALECT_BUDGETS),
    ...faults(weights, budgets),
  ];
  if (found.length) {
    throw new Error(
      `${found.join("\n")}\n(wasm built by: ${facts.toolchain}; std ${facts.std})`,
    );
  }
}

if (process.argv[1] === import.meta.filename) await main(size);
