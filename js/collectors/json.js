// A list of events as JSON, to any endpoint, as text. Dedupe by `id`. Points go packed.
// @ts-check
import { line } from "./common.js";

const document = {
  name: "json",
  needs: ["url"],
  most: { bytes: 60_000 },
  event: line.event,
  heat: line.heat,
  body: { events: "$events", sent_at: { $iso: "$sent_at" } },
};
export default document;

/** @param {any} options */
export const json = (options) => ({
  ...options,
  dialect: document,
  checked: true,
});
