// RudderStack's gateway by /beacon/v1/batch, which takes the write key in the address and any content type
// (rudder-server, gateway/handle_http_beacon.go). Dedupe by `messageId`. Points have no place there.
//
// Against @rudderstack/rudder-sdk-node, for the same event:
//   _metadata, sentAt of an event, timestamp of the batch   not sent: of Node; said once, in sentAt; each event has its own
//   channel              web
//   context.library      spoor, without a version
// @ts-check
import { speaking } from "./common.js";
import { call } from "./ecommerce.js";

const document = {
  name: "rudderstack",
  needs: ["url", "write_key"],
  url: {
    $text: [
      "$option.url",
      "/beacon/v1/batch?",
      { $query: { writeKey: "$option.write_key" } },
    ],
  },
  // The gateway takes 4 MB; what a beacon carries is less.
  most: { events: 100, bytes: 60_000, event_bytes: 32_000 },
  event: { "...": call, channel: "web", originalTimestamp: { $iso: "$time" } },
  body: { batch: "$events", sentAt: { $iso: "$sent_at" } },
};
export default document;

export const rudderstack = speaking(document);
