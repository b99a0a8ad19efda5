// Jitsu 2 by the batch path of its Segment-compatible API, with the write key in the body. Dedupe by `messageId`.
// Points have no place there.
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
