// A line of JSON for each event, to any endpoint, as text. Dedupe by `id`. Points go packed.
// @ts-check
import { line, speaking } from "./common.js";

const document = {
  name: "ndjson",
  needs: ["url"],
  most: { bytes: 60_000 },
  ...line,
  body: { $lines: "$events" },
};
export default document;

export const ndjson = speaking(document);
