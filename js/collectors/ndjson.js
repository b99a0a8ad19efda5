// A line of JSON for each event, to any endpoint, as text. Dedupe by `id`. Points go packed.
// @ts-check
import { line } from "./common.js";

const document = {
  name: "ndjson",
  needs: ["url"],
  most: { bytes: 60_000 },
  event: line.event,
  heat: line.heat,
  body: { $lines: "$events" },
};
export default document;

/** @param {any} options */
export const ndjson = (options) => ({
  ...options,
  dialect: document,
  checked: true,
});
