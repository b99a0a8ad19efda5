// One request for each event, as automation services take them: the event's name beside its facts. As text, which most of them read as JSON;
// `headers: { "content-type": "application/json" }` for those that do not, at the cost of a preflight. Dedupe by `id`.
// @ts-check
import { line, speaking } from "./common.js";

const document = {
  name: "webhook",
  needs: ["url"],
  most: { events: 1, bytes: 60_000 },
  event: line.event,
  body: { event: "$event.name", data: "$event" },
};
export default document;

export const webhook = speaking(document);
