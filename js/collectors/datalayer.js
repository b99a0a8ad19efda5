// Google Tag Manager's `dataLayer`: an event with its facts of the shop under `ecommerce`, which is emptied before, as GA4's tags
// expect it. Dedupe by `event_id`. What is pushed as the page is left goes as far as the tags get with it.
// <https://developers.google.com/analytics/devguides/collection/ga4/ecommerce>
// @ts-check
import { speaking } from "./common.js";

const document = {
  name: "datalayer",
  push: "dataLayer",
  most: { events: 1, bytes: 60_000 },
  event: {
    $if: [
      "$params.items",
      [
        { ecommerce: null },
        { event: "$name", ecommerce: "$params", event_id: "$id" },
      ],
      { "...": "$params", event: "$name", event_id: "$id" },
    ],
  },
  body: "$event",
};
export default document;

export const datalayer = speaking(document);
