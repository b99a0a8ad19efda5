// Turns the figures of many runs into one table: medians, and ratios to the bare page and to spoor.

/** Returns the middle of some numbers. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2
    ? sorted[half]
    : (sorted[half - 1] + sorted[half]) / 2;
}

/** Returns the median of each figure of some runs of one peer. */
export function medians(runs) {
  return Object.fromEntries(
    Object.keys(runs[0]).map((key) => [
      key,
      median(runs.map((run) => Number(run[key]))),
    ]),
  );
}

const one = (number) => number.toFixed(1);
const ratio = (figure, base) =>
  base > 0 ? `${(figure / base).toFixed(2)}×` : "–";

const COLUMNS = [
  ["peer", ({ name }) => name],
  ["KiB brotli", ({ brotli }) => one(brotli / 1024)],
  ["load script ms", ({ own }) => one(own.loadScriptMs)],
  ["load task ms", ({ own }) => one(own.loadTaskMs)],
  ["task / bare", ({ own, bare }) => ratio(own.loadTaskMs, bare.loadTaskMs)],
  ["+script / spoor's", more("loadScriptMs")],
  [
    "long tasks",
    ({ own }) => `${one(own.longTasks)} (${own.longMs.toFixed(0)} ms)`,
  ],
  ["+µs / click", ({ own, bare }) => one(own.clickUs - bare.clickUs)],
  ["/ spoor's", more("clickUs")],
  ["+µs / move", ({ own, bare }) => one(own.moveUs - bare.moveUs)],
  ["/ spoor's", more("moveUs")],
  ["+heap KiB", ({ own, bare }) => (own.heapKib - bare.heapKib).toFixed(0)],
  ["wasm KiB", ({ own }) => own.wasmKib.toFixed(0)],
  ["requests", ({ own }) => String(own.requests)],
];

/** Compares what a peer adds to the bare page with what spoor's script tag adds to it. */
function more(key) {
  return ({ own, bare, spoor }) => {
    if (own === bare || !spoor) return "–";
    return ratio(own[key] - bare[key], spoor[key] - bare[key]);
  };
}

/** Writes a markdown table; `rows` are `{ name, brotli, own, broken }`, the first of them the bare page. */
export function table(rows, spoorName) {
  const bare = rows[0].own;
  const spoor = rows.find(({ name }) => name === spoorName)?.own;
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [
    line(COLUMNS.map(([title]) => title)),
    line(COLUMNS.map((_, column) => (column ? "--:" : "---"))),
    ...rows.map((row) => {
      const name = row.broken
        ? `${row.name} **BROKEN: sent no click**`
        : row.name;
      const facts = { ...row, name, bare, spoor };
      return line(COLUMNS.map(([, cell]) => cell(facts)));
    }),
  ].join("\n");
}
