// GA4's Measurement Protocol, through a proxy that adds `api_secret`, which must not stand in a page. Names and parameters are GA4's own
// already; what GA4 keeps for itself is left out. Dedupe: none but a purchase's `transaction_id`. Any text is answered 204.
// <https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference>
// @ts-check
import { speaking } from "./common.js";

const state = { $case: ["$consent", { granted: "GRANTED" }, "DENIED"] };
const document = {
  name: "ga4",
  once: true,
  needs: ["url"],
  url: "$option.url",
  // 25 parameters an event, of which seven are added here.
  most: { events: 25, bytes: 130_000, keys: 18, name: 40, text: 100 },
  event: {
    $case: [
      "$name",
      { user_engagement: "$none" },
      {
        name: "$name",
        timestamp_micros: { $text: ["$time", "000"] },
        params: {
          "...": [
            { $flat: { $keys: ["$params", { items: "" }] } },
            { items: "$params.items" },
          ],
          session_id: { $string: { $s: "$session.started_at" } },
          engagement_time_msec: { $or: ["$params.engagement_time_msec", 1] },
          page_location: "$page.url",
          page_title: "$page.title",
          page_referrer: "$page.referrer",
          campaign: "$session.source.utm_campaign",
          source: "$session.source.utm_source",
          medium: "$session.source.utm_medium",
        },
      },
    ],
  },
  body: {
    client_id: "$visitor",
    user_id: "$user",
    consent: {
      ad_user_data: state,
      ad_personalization: state,
    },
    events: "$events",
  },
};
export default document;

export const ga4 = speaking(document);
