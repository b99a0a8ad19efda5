// Segment's tracking API, /v1/batch: `url` is https://api.segment.io, or the workspace's region. The write key goes in the body, so
// that no header makes the browser ask first. Dedupe by `messageId`. Points have no place there.
//
// Against @segment/analytics-node, for the same event:
//   integrations         not sent: empty says that no destination is left out
//   _metadata            not sent: of Node
//   properties           not sent where an event has none
//   context.library      spoor, without a version
// @ts-check
import { speaking } from "./common.js";
import { batch, call } from "./ecommerce.js";

const document = {
  name: "segment",
  needs: ["url", "write_key"],
  url: { $text: ["$option.url", "/v1/batch"] },
  // <https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#max-request-size>
  most: { events: 100, bytes: 500_000, event_bytes: 32_000 },
  event: call,
  body: batch,
};
export default document;

export const segment = speaking(document);
