// Turns the figures of many runs into medians, and those into a table.

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

export const one = (number) => number.toFixed(1);
export const ratio = (figure, base) =>
  base > 0 ? `${(figure / base).toFixed(2)}×` : "–";

/**
 * Writes a markdown table; `columns` are titles and what makes a cell of a row. A row is `{ name, brotli, broken }` with the
 * figures of its peer as `own`, those of the bare page as `bare`, and spoor's as `spoor` where it was measured.
 */
export function markdown(rows, columns) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(([title]) => title)),
    line(columns.map((_, column) => (column ? "--:" : "---"))),
    ...rows.map((row) => {
      const name = row.broken
        ? `${row.name} **BROKEN: told no click**`
        : row.name;
      return line(columns.map(([, cell]) => cell({ ...row, name })));
    }),
  ].join("\n");
}
