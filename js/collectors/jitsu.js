// Jitsu 2 by the batch path of its Segment-compatible API, with the write key in the body. Dedupe by `messageId`.
// Points have no place there.
// @ts-check
import { call } from "./ecommerce.js";

const document = {
  name: "jitsu",
  needs: ["url"],
  url: { $text: ["$option.url", "/v1/batch"] },
  most: { events: 100, bytes: 500_000 },
  event: call,
  body: {
    writeKey: "$option.write_key",
    batch: "$events",
    sentAt: { $iso: "$sent_at" },
  },
};
export default document;

/** @param {any} options */
export const jitsu = (options) => ({
  ...options,
  dialect: document,
  checked: true,
});
