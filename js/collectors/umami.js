// Umami 2's /api/batch. It reads JSON whatever the content type says. Names of 50 letters; neither dedupe id nor place for points; its
// `timestamp` is in seconds. The campaign stands in the query of `url`. <https://umami.is/docs/api/sending-stats>
//
// Against @umami/node, for the same event, which it posts by itself to /api/send: no difference.
// @ts-check
import { arrived, speaking } from "./common.js";

const document = {
  name: "umami",
  once: true,
  needs: ["url", "website"],
  url: { $text: ["$option.url", "/api/batch"] },
  most: { events: 100, bytes: 60_000, name: 50, text: 500, keys: 50 },
  event: {
    type: "event",
    payload: {
      website: "$option.website",
      hostname: "$page.hostname",
      url: { $or: [arrived(), "$page.path"] },
      referrer: "$page.referrer",
      title: "$page.title",
      language: "$page.language",
      screen: { $text: ["$page.viewport.0", "x", "$page.viewport.1"] },
      id: "$user",
      timestamp: { $s: "$time" },
      name: { $case: ["$name", { page_view: "$none" }, "$name"] },
      data: {
        $case: [
          "$name",
          { page_view: "$none" },
          {
            "...": [
              { $keys: ["$params", { value: "revenue" }] },
              { channel: "$session.source.channel" },
            ],
          },
        ],
      },
    },
  },
  body: "$events",
};
export default document;

export const umami = speaking(document);
