// Jitsu 2 by the batch path of its Segment-compatible API, with the write key in the body. Dedupe by `messageId`.
// Points have no place there.
//
// Against @jitsu/js, for the same event, which it posts by itself to /api/s/track:
//   messageId, timestamp the event's own; theirs are made as they are sent
//   writeKey             in the body alone
//   name                 a page's title
//   properties           not sent where an event has none
//   context.page.host, .search, .referring_domain, context.clientIds, .traits   not sent: in the addresses, or not known
//   context.library      spoor, without env and version
// @ts-check
import { speaking } from "./common.js";
import { batch, call } from "./ecommerce.js";

const document = {
  name: "jitsu",
  needs: ["url"],
  url: { $text: ["$option.url", "/v1/batch"] },
  most: { events: 100, bytes: 500_000 },
  event: call,
  body: batch,
};
export default document;

export const jitsu = speaking(document);
