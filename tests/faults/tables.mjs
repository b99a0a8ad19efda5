// Writes what was counted as markdown tables, fit for the README.
import { markdown } from "../bench/table.mjs";

const number = (count) => count?.toLocaleString("en") ?? "–";
const column = (title, key) => [title, (row) => number(row[key])];

const COLUMNS = [
  [
    "fault",
    ({ name, failed }) => (failed ? `${name} **BROKEN: ${failed}**` : name),
  ],
  column("delivered", "delivered"),
  column("stored twice", "storedTwice"),
  column("sent twice", "sentTwice"),
  column("lost", "lost"),
  column("told as lost", "reported"),
  column("requests", "requests"),
  column("time off by ms", "clockOffMs"),
];

/** Writes all that was counted of one SDK. */
export const fullTable = (rows) => markdown(rows, COLUMNS);

/** Writes delivered events of several SDKs side by side: name of the SDK -> rows of the same cases. */
export function sideBySide(results) {
  const names = [...results.keys()];
  const [first] = results.values();
  const rows = first.map(({ name }, n) => ({
    name,
    cells: names.map((sdk) => cell(results.get(sdk)[n])),
  }));
  return markdown(rows, [
    ["fault", ({ name }) => name],
    ...names.map((sdk, n) => [sdk, ({ cells }) => cells[n]]),
  ]);
}

function cell({ failed, delivered, storedTwice, lost, reported }) {
  if (failed) return "–";
  const notes = [
    storedTwice && `${number(storedTwice)} twice`,
    lost && reported && `${number(reported)} told as lost`,
  ].filter(Boolean);
  return [number(delivered), ...notes].join(", ");
}
