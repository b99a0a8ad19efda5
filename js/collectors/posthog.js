// PostHog by /batch/, which takes any content type. Events by the names of its ecommerce spec, which are Segment's, and its own ($pageview,
// $rageclick, $dead_click); points as `$$heatmap`. Dedupe by `uuid`. <https://posthog.com/docs/api/capture>
//
// Against posthog-node, for the same event:
//   $is_server, $geoip_disable   not sent: the request comes from the visitor
//   $lib, $lib_version           spoor, without a version
// @ts-check
import { campaign, granted, speaking } from "./common.js";
import { NAMES, PRODUCT } from "./ecommerce.js";

const products = { $each: ["$params.items", { $keys: ["$it", PRODUCT] }] };
const place = {
  x: "$it.x",
  y: "$it.y",
  target_fixed: "$it.fixed",
  type: {
    $case: [
      "$it.kind",
      { click: "click", rage: "rageclick", dead: "deadclick" },
      "mousemove",
    ],
  },
};
const about = {
  distinct_id: { $or: ["$user", "$visitor"] },
  uuid: "$id",
  timestamp: { $iso: "$time" },
};
const properties = {
  "...": campaign,
  $$device_id: "$visitor",
  $$session_id: "$session.id",
  $$window_id: "$page.id",
  $$pageview_id: "$page.id",
  $$current_url: "$page.url",
  $$host: "$page.host",
  $$pathname: "$page.path",
  $$referrer: "$page.referrer",
  $$title: "$page.title",
  $$viewport_width: "$page.viewport.0",
  $$viewport_height: "$page.viewport.1",
  $$browser_language: "$page.language",
  $$process_person_profile: granted,
  $$lib: "spoor",
};
const document = {
  name: "posthog",
  needs: ["url", "api_key"],
  url: { $text: ["$option.url", "/batch/"] },
  most: { bytes: 1_000_000, event_bytes: 500_000 },
  event: {
    event: {
      $case: [
        "$name",
        {
          page_view: "$$pageview",
          rage_click: "$$rageclick",
          dead_click: "$$dead_click",
        },
        { $case: ["$name", NAMES, "$name"] },
      ],
    },
    ...about,
    properties: {
      "...": [{ $keys: ["$params", { items: "" }] }, { products }, properties],
    },
  },
  heat: {
    event: "$$$heatmap",
    ...about,
    properties: {
      "...": properties,
      $$heatmap_data: {
        $member: ["$page.url", { $each: ["$points", place] }],
      },
    },
  },
  body: {
    api_key: "$option.api_key",
    batch: "$events",
    sent_at: { $iso: "$sent_at" },
  },
};
export default document;

export const posthog = speaking(document);
