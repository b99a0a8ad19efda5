// Amplitude's HTTP API v2, /2/httpapi, as text. Dedupe by `insert_id`, for seven days. A purchase has its revenue where Amplitude
// looks for it. Points have no place there. <https://amplitude.com/docs/apis/analytics/http-v2>
//
// Against @amplitude/analytics-node, for the same event:
//   event_id             not sent: counts its own events; insert_id is what repeats are dropped by
//   request_metadata     not sent: its measures of itself
//   library              spoor
// @ts-check
import { campaign, speaking } from "./common.js";

const document = {
  name: "amplitude",
  needs: ["url", "api_key"],
  url: { $text: ["$option.url", "/2/httpapi"] },
  most: { events: 1000, bytes: 1_000_000, keys: 1000, text: 1024 },
  event: {
    event_type: {
      $case: ["$name", { page_view: "[Amplitude] Page Viewed" }, "$name"],
    },
    device_id: "$visitor",
    user_id: "$user",
    time: "$time",
    insert_id: "$id",
    session_id: "$session.started_at",
    language: "$page.language",
    platform: "Web",
    library: "spoor",
    "...": {
      $case: [
        "$name",
        {
          purchase: {
            revenue: "$params.value",
            currency: "$params.currency",
            revenue_type: "purchase",
          },
        },
      ],
    },
    event_properties: {
      "...": ["$params", campaign],
      "[Amplitude] Page Location": "$page.url",
      "[Amplitude] Page Path": "$page.path",
      "[Amplitude] Page Title": "$page.title",
      "[Amplitude] Page Domain": "$page.hostname",
      referrer: "$page.referrer",
      page_view_id: "$page.id",
    },
  },
  body: {
    api_key: "$option.api_key",
    events: "$events",
    options: { min_id_length: 1 },
    client_upload_time: { $iso: "$sent_at" },
  },
};
export default document;

export const amplitude = speaking(document);
