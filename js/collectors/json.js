// A list of events as JSON, to any endpoint, as text. Dedupe by `id`. Points go packed.
// @ts-check
import { line, speaking } from "./common.js";

const document = {
  name: "json",
  needs: ["url"],
  most: { bytes: 60_000 },
  ...line,
  body: { events: "$events", sent_at: { $iso: "$sent_at" } },
};
export default document;

export const json = speaking(document);
