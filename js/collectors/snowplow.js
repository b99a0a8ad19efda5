// Snowplow's tp2: structured fields, self-describing events and entities of its ecommerce and media plugins. The collector takes
// application/json alone: `url` under the shop's own origin needs no preflight, any other is asked first. Dedupe by `eid`.
// Events for which Snowplow has no schema are structured events (`se`), with their parameters as JSON in `se_pr`.
//
// Against @snowplow/tracker-core, for the same self-describing event and entities: no difference.
// @ts-check
import { speaking } from "./common.js";

const SHOP = "snowplow.ecommerce";
/** @param {string} name @param {string} vendor @param {string} version */
const schema = (name, vendor = "snowplow", version = "1-0-0") =>
  `iglu:com.snowplowanalytics.${vendor}/${name}/jsonschema/${version}`;
/** @param {string} name @param {any} data @param {string} [vendor] @param {string} [version] */
const self = (name, data, vendor, version) => ({
  schema: schema(name, vendor, version),
  data,
});
/** A self-describing event. @param {string} name @param {any} data @param {string} vendor @param {string} [version] */
const unstruct = (name, data, vendor, version) => ({
  e: "ue",
  ue_px: {
    $base64url: {
      $json: self("unstruct_event", self(name, data, vendor, version)),
    },
  },
});
/** @param {string} name @param {any} data */
const entity = (name, data) => self(name, data, SHOP);
/** Types of ecommerce actions. */
const ACTIONS = {
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
};
const action = { $case: ["$name", ACTIONS] };
const currency = { $or: ["$it.currency", "$params.currency", "XXX"] };
/** @param {number} step */
const step = (step) => entity("checkout_step", { step });
const cart = entity("cart", {
  total_value: "$params.value",
  currency,
});
const ended = { $case: ["$name", { video_complete: true }, false] };
const media = self(
  "media_player",
  {
    currentTime: "$params.video_current_time",
    duration: "$params.video_duration",
    ended,
    paused: false,
  },
  "snowplow",
  "2-0-0",
);
const product = entity("product", {
  id: { $or: ["$it.item_id", "$it.item_name"] },
  name: "$it.item_name",
  category: { $or: ["$it.item_category", ""] },
  price: { $or: ["$it.price", 0] },
  quantity: "$it.quantity",
  variant: "$it.item_variant",
  currency,
});
const promotion = entity("promotion", {
  id: "$params.promotion_id",
  name: "$params.promotion_name",
});
const entities = {
  $concat: [
    self("web_page", { id: "$page.id" }),
    {
      $case: [
        "$name",
        {
          add_to_cart: cart,
          remove_from_cart: cart,
          begin_checkout: step(1),
          add_shipping_info: step(2),
          add_payment_info: step(3),
          purchase: entity("transaction", {
            transaction_id: "$params.transaction_id",
            revenue: "$params.value",
            currency,
            payment_method: { $or: ["$params.payment_type", "unknown"] },
            tax: "$params.tax",
            shipping: "$params.shipping",
          }),
        },
      ],
    },
    { $if: ["$params.promotion_id", promotion] },
    { $if: ["$params.video_percent", media] },
    { $each: ["$params.items", product] },
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
      url: "$page.url",
      page: "$page.title",
      refr: "$page.referrer",
      lang: "$page.language",
      vp: { $text: ["$page.viewport.0", "x", "$page.viewport.1"] },
      duid: "$visitor",
      sid: "$session.id",
      vid: "$session.number",
      uid: "$user",
      cx: {
        $base64url: { $json: self("contexts", entities) },
      },
      "...": {
        $case: [
          "$name",
          {
            page_view: { e: "pv" },
            video_start: unstruct("play_event", {}, "snowplow.media"),
            video_progress: unstruct(
              "percent_progress_event",
              {
                percentProgress: "$params.video_percent",
              },
              "snowplow.media",
            ),
            video_complete: unstruct("end_event", {}, "snowplow.media"),
          },
          {
            $if: [
              action,
              unstruct(
                "snowplow_ecommerce_action",
                {
                  type: action,
                },
                SHOP,
                "1-0-2",
              ),
              {
                e: "se",
                se_ca: "spoor",
                se_ac: "$name",
                se_pr: { $json: "$params" },
                se_va: "$params.value",
              },
            ],
          },
        ],
      },
    },
  },
  body: {
    schema: schema("payload_data", "snowplow", "1-0-4"),
    data: "$events",
  },
};
export default document;

export const snowplow = speaking(document);
