// Mixpanel's /track as a form, which needs no preflight. Dedupe by `$insert_id` with event, distinct_id and time. Points have no
// place there. <https://developer.mixpanel.com/reference/track-event>
//
// Against mixpanel (Node), for the same event: no difference.
// @ts-check
import { campaign, speaking } from "./common.js";

const document = {
  name: "mixpanel",
  needs: ["url", "token"],
  url: { $text: ["$option.url", "/track?verbose=1&ip=1"] },
  type: "application/x-www-form-urlencoded",
  most: { events: 50, bytes: 40_000, keys: 200, text: 255 },
  event: {
    event: {
      $case: ["$name", { page_view: "$$mp_web_page_view" }, "$name"],
    },
    properties: {
      "...": ["$params", campaign],
      token: "$option.token",
      distinct_id: { $or: ["$user", { $text: ["$$device:", "$visitor"] }] },
      $$device_id: "$visitor",
      $$user_id: "$user",
      $$insert_id: "$id",
      time: "$time",
      mp_lib: "spoor",
      session_id: "$session.id",
      current_page_title: "$page.title",
      current_domain: "$page.host",
      current_url_path: "$page.path",
      $$current_url: "$page.url",
      $$referrer: "$page.referrer",
      $$screen_width: "$page.viewport.0",
      $$screen_height: "$page.viewport.1",
    },
  },
  body: { $query: { data: { $json: "$events" } } },
};
export default document;

export const mixpanel = speaking(document);
