// GA4 by the gtag that the page has: each event is pushed as the command `gtag("event", ...)` pushes it. What gtag tells by itself
// (page views, engagement) is left out. What is pushed as the page is left goes as far as gtag gets with it.
// <https://developers.google.com/tag-platform/gtagjs/reference>
// @ts-check
import { speaking } from "./common.js";

const document = {
  name: "gtag",
  push: "dataLayer",
  call: true,
  most: { events: 1, bytes: 60_000, keys: 22, name: 40, text: 100 },
  event: {
    $case: [
      "$name",
      { page_view: "$none", user_engagement: "$none" },
      {
        name: "$name",
        params: {
          "...": [
            { $flat: { $keys: ["$params", { items: "" }] } },
            { items: "$params.items" },
          ],
          send_to: "$option.measurement_id",
          page_location: "$page.url",
          event_id: "$id",
        },
      },
    ],
  },
  body: ["event", "$event.name", "$event.params"],
};
export default document;

export const gtag = speaking(document);
