// Snowplow's tp2: structured fields, self-describing events and entities of its ecommerce and media plugins. The collector takes
// application/json alone: `url` under the shop's own origin needs no preflight, any other is asked first. Dedupe by `eid`.
// Events for which Snowplow has no schema are structured events (`se`), with their parameters as JSON in `se_pr`.
// @ts-check

/** @param {string} vendor @param {string} name @param {string} version */
const schema = (vendor, name, version) =>
  `iglu:com.snowplowanalytics.${vendor}/${name}/jsonschema/${version}`;
/** @param {string} vendor @param {string} name @param {string} version @param {any} data */
const self = (vendor, name, version, data) => ({
  schema: schema(vendor, name, version),
  data,
});
/** A self-describing event. @param {string} vendor @param {string} name @param {string} version @param {any} data */
const unstruct = (vendor, name, version, data) => ({
  e: "ue",
  ue_px: {
    $base64url: {
      $json: self("snowplow", "unstruct_event", "1-0-0", {
        schema: schema(vendor, name, version),
        data,
      }),
    },
  },
});
const SHOP = "snowplow.ecommerce";
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
  refund: "refund",
  view_promotion: "promo_view",
  select_promotion: "promo_click",
};
const action = { $case: ["$name", ACTIONS] };
const currency = { $or: ["$it.currency", "$params.currency", "XXX"] };
/** @param {number} step */
const step = (step) => self(SHOP, "checkout_step", "1-0-0", { step });
const cart = self(SHOP, "cart", "1-0-0", {
  total_value: { $or: ["$params.value", 0] },
  currency,
});
const media = self("snowplow", "media_player", "2-0-0", {
  currentTime: { $or: ["$params.video_current_time", 0] },
  duration: "$params.video_duration",
  ended: { $case: ["$name", { video_complete: true }, false] },
  muted: "$params.video_muted",
  paused: { $case: ["$name", { video_complete: true }, false] },
});
const product = self(SHOP, "product", "1-0-0", {
  id: { $or: ["$it.item_id", "$it.item_name", ""] },
  name: "$it.item_name",
  category: { $or: ["$it.item_category", ""] },
  price: { $or: ["$it.price", 0] },
  quantity: "$it.quantity",
  brand: "$it.item_brand",
  variant: "$it.item_variant",
  position: "$it.index",
  currency,
});
const promotion = self(SHOP, "promotion", "1-0-0", {
  id: { $or: ["$params.promotion_id", "$params.promotion_name", ""] },
  name: "$params.promotion_name",
});
const entities = {
  $concat: [
    self("snowplow", "web_page", "1-0-0", { id: "$page.id" }),
    {
      $case: [
        "$name",
        {
          add_to_cart: cart,
          remove_from_cart: cart,
          begin_checkout: step(1),
          add_shipping_info: step(2),
          add_payment_info: step(3),
          purchase: self(SHOP, "transaction", "1-0-0", {
            transaction_id: { $or: ["$params.transaction_id", "$id"] },
            revenue: { $or: ["$params.value", 0] },
            currency,
            payment_method: { $or: ["$params.payment_type", "unknown"] },
            tax: "$params.tax",
            shipping: "$params.shipping",
            discount_code: "$params.coupon",
          }),
          view_promotion: promotion,
          select_promotion: promotion,
          video_start: media,
          video_progress: media,
          video_complete: media,
        },
      ],
    },
    { $each: ["$params.items", product] },
  ],
};
const document = {
  name: "snowplow",
  needs: ["url"],
  url: {
    $text: [
      "$option.url",
      { $or: ["$option.path", "/com.snowplowanalytics.snowplow/tp2"] },
    ],
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
      aid: { $or: ["$option.app_id", "$site"] },
      tna: { $or: ["$option.namespace", "sp"] },
      url: "$page.url",
      page: "$page.title",
      refr: "$page.referrer",
      lang: "$page.language",
      vp: { $text: ["$page.viewport.0", "x", "$page.viewport.1"] },
      ds: { $text: ["$page.document.0", "x", "$page.document.1"] },
      duid: "$visitor",
      sid: "$session.id",
      vid: "$session.number",
      uid: "$user",
      cx: {
        $base64url: { $json: self("snowplow", "contexts", "1-0-1", entities) },
      },
      "...": {
        $case: [
          "$name",
          {
            page_view: { e: "pv" },
            search: unstruct("snowplow", "site_search", "1-0-0", {
              terms: [{ $or: ["$params.search_term", ""] }],
            }),
            share: unstruct("snowplow", "social_interaction", "1-0-0", {
              action: "share",
              network: { $or: ["$params.method", "share"] },
              target: "$params.item_id",
            }),
            click: unstruct("snowplow", "link_click", "1-0-1", {
              targetUrl: { $or: ["$params.link_url", ""] },
              elementId: "$params.link_id",
            }),
            video_start: unstruct("snowplow.media", "play_event", "1-0-0", {}),
            video_progress: unstruct(
              "snowplow.media",
              "percent_progress_event",
              "1-0-0",
              {
                percentProgress: "$params.video_percent",
              },
            ),
            video_complete: unstruct(
              "snowplow.media",
              "end_event",
              "1-0-0",
              {},
            ),
          },
          {
            $if: [
              action,
              unstruct(SHOP, "snowplow_ecommerce_action", "1-0-2", {
                type: action,
                name: "$params.item_list_name",
              }),
              {
                e: "se",
                se_ca: "spoor",
                se_ac: "$name",
                se_la: "$params.method",
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
    schema: schema("snowplow", "payload_data", "1-0-4"),
    data: "$events",
  },
};
export default document;

/** @param {any} options */
export const snowplow = (options) => ({
  ...options,
  dialect: document,
  checked: true,
});
