// Snowplow's tp2: structured fields, self-describing events and entities of its ecommerce and media plugins. The collector takes
// application/json alone: `url` under the shop's own origin needs no preflight, any other is asked first. Dedupe by `eid`.
// Links, downloads, searches and shares are told by the public schemas of its site tracking. What has no schema, or not what its schema
// demands, is a structured event (`se`), with its parameters but the items as JSON in `se_pr`, of which Snowplow takes 1,000 letters.
// Its entities stand in snowplow-entities.js, which loads along with this file. The campaign stands in the query of `url`, where its enrichment looks for it. Consent has no place.
//
// Against @snowplow/tracker-core, for the same event and entities: no difference. Against what @snowplow/browser-plugin-snowplow-ecommerce
// makes of the same GA4 event:
//   cart                 not attached: its total is not known
//   price                as it is; theirs less the discount, which GA4 has taken off already, and as list_price too
//   total_quantity       counts an item that does not say how many as one
//   payment_method, discount_code, coupon_code   told where they are known
//   promotion            the name for one without an id
// @ts-check
import { address, speaking } from "./common.js";
import { entities, self, SHOP } from "./snowplow-entities.js";

/** An event for which there is no schema. */
const plain = {
  e: "se",
  se_ca: "spoor",
  se_ac: "$name",
  se_pr: { $cut: [{ $json: { $keys: ["$params", { items: "" }] } }, 1000] },
  se_va: "$params.value",
};
/** A self-describing event, where that is there which it is about. @param {any} about @param {string} name @param {any} data
 * @param {string} [vendor] @param {string} [version] */
const unstruct = (about, name, data, vendor, version) => ({
  $if: [
    about,
    {
      e: "ue",
      ue_px: {
        $base64url: {
          $json: self("unstruct_event", self(name, data, vendor, version)),
        },
      },
    },
    plain,
  ],
});
const link = unstruct(
  "$params.link_url",
  "link_click",
  { targetUrl: "$params.link_url" },
  "snowplow",
  "1-0-1",
);
/** @param {string} name @param {any} data */
const video = (name, data) =>
  unstruct("$params.video_percent", `${name}_event`, data, "snowplow.media");

/** Types of ecommerce actions. */
const action = {
  $case: [
    "$name",
    {
      view_item: "product_view",
      view_item_list: "list_view",
      select_item: "list_click",
      add_to_cart: "add_to_cart",
      remove_from_cart: "remove_from_cart",
      begin_checkout: "checkout_step",
      add_shipping_info: "checkout_step",
      add_payment_info: "checkout_step",
      purchase: "transaction",
      view_promotion: "promo_view",
      select_promotion: "promo_click",
    },
  ],
};
const document = {
  name: "snowplow",
  needs: ["url"],
  url: {
    $text: ["$option.url", "/com.snowplowanalytics.snowplow/tp2"],
  },
  type: "application/json; charset=utf-8",
  most: { bytes: 40_000 },
  event: {
    $strings: {
      tv: "spoor",
      p: "web",
      eid: "$id",
      dtm: "$time",
      stm: "$sent_at",
      aid: "$site",
      url: address,
      page: "$page.title",
      refr: "$page.referrer",
      lang: "$page.language",
      vp: { $text: ["$page.viewport.0", "x", "$page.viewport.1"] },
      duid: "$visitor",
      sid: "$session.id",
      vid: "$session.number",
      uid: "$user",
      cx: { $base64url: { $json: self("contexts", entities) } },
      "...": {
        $case: [
          "$name",
          {
            page_view: { e: "pv" },
            click: link,
            file_download: link,
            search: unstruct("$params.search_term", "site_search", {
              terms: ["$params.search_term"],
            }),
            share: unstruct("$params.method", "social_interaction", {
              action: "share",
              network: "$params.method",
              target: "$params.item_id",
            }),
            video_start: video("play", {}),
            video_progress: video("percent_progress", {
              percentProgress: "$params.video_percent",
            }),
            video_complete: video("end", {}),
          },
          unstruct(
            action,
            "snowplow_ecommerce_action",
            {
              type: action,
              name: {
                $cut: [
                  { $or: ["$params.item_list_id", "$params.item_list_name"] },
                  128,
                ],
              },
            },
            SHOP,
            "1-0-2",
          ),
        ],
      },
    },
  },
  body: self("payload_data", "$events", "snowplow", "1-0-4"),
};
export default document;

export const snowplow = speaking(document);
