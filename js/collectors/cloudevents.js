// CloudEvents 1.0, a batch of JSON. Its content type needs a preflight unless `url` is under the shop's own origin. Dedupe by
// `source` with `id`. Points go packed. <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md>
//
// Against cloudevents, for the same events: no difference.
// @ts-check
import { line, speaking } from "./common.js";

const about = {
  specversion: "1.0",
  id: "$id",
  source: { $or: ["$page.url", "$site"] },
  type: {
    $text: [
      { $or: ["$option.type", "spoor"] },
      ".",
      { $or: ["$name", "heat"] },
    ],
  },
  subject: "$visitor",
  time: { $iso: "$time" },
  datacontenttype: "application/json",
};
const document = {
  name: "cloudevents",
  needs: ["url"],
  type: "application/cloudevents-batch+json",
  most: { bytes: 60_000, event_bytes: 64_000 },
  event: { ...about, data: line.event },
  heat: { ...about, data: line.heat },
  body: "$events",
};
export default document;

export const cloudevents = speaking(document);
