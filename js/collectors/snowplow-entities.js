// What js/collectors/snowplow.js attaches to events: the entities of Snowplow's ecommerce and media plugins. A file of its own, which loads with
// that one, so that each stays within what a document may weigh.
//
// The cart stands beside `view_cart` alone: what is told as it is filled is the value of the items, not of the cart.
// @ts-check

export const SHOP = "snowplow.ecommerce";
/** @param {string} name @param {any} data @param {string} [vendor] @param {string} [version] */
export const self = (name, data, vendor = "snowplow", version = "1-0-0") => ({
  schema: `iglu:com.snowplowanalytics.${vendor}/${name}/jsonschema/${version}`,
  data,
});
/** @param {string} name @param {any} data */
const entity = (name, data) => self(name, data, SHOP);

const currency = { $or: ["$it.currency", "$params.currency", "XXX"] };
/** @param {number} step */
const step = (step) =>
  entity("checkout_step", {
    step,
    delivery_method: "$params.shipping_tier",
    payment_method: "$params.payment_type",
    coupon_code: "$params.coupon",
  });
const promotion = { $or: ["$params.promotion_id", "$params.promotion_name"] };

export const entities = {
  $concat: [
    self("web_page", { id: "$page.id" }),
    {
      $case: [
        "$name",
        {
          view_cart: entity("cart", {
            total_value: { $or: ["$params.value", 0] },
            currency,
          }),
          begin_checkout: step(1),
          add_shipping_info: step(2),
          add_payment_info: step(3),
          purchase: entity("transaction", {
            transaction_id: { $or: ["$params.transaction_id", "$id"] },
            revenue: { $or: ["$params.value", 0] },
            currency,
            payment_method: { $or: ["$params.payment_type", "unknown"] },
            total_quantity: {
              $sum: { $each: ["$params.items", { $or: ["$it.quantity", 1] }] },
            },
            tax: "$params.tax",
            shipping: "$params.shipping",
            discount_code: "$params.coupon",
            discount_amount: "$params.discount",
          }),
        },
      ],
    },
    {
      $if: [
        promotion,
        entity("promotion", {
          id: promotion,
          name: "$params.promotion_name",
          creative_id: "$params.creative_name",
          slot: "$params.creative_slot",
          product_ids: { $each: ["$params.items", "$it.item_id"] },
        }),
      ],
    },
    {
      $if: [
        "$params.video_percent",
        self(
          "media_player",
          {
            currentTime: { $or: ["$params.video_current_time", 0] },
            duration: "$params.video_duration",
            ended: { $case: ["$name", { video_complete: true }, false] },
            paused: false,
            label: "$params.video_title",
            muted: "$params.video_muted",
          },
          "snowplow",
          "2-0-0",
        ),
      ],
    },
    {
      $each: [
        "$params.items",
        entity("product", {
          id: { $or: ["$it.item_id", "$it.item_name", ""] },
          name: "$it.item_name",
          brand: "$it.item_brand",
          category: { $or: ["$it.item_category", ""] },
          variant: "$it.item_variant",
          price: { $or: ["$it.price", 0] },
          quantity: "$it.quantity",
          position: "$it.index",
          currency,
        }),
      ],
    },
  ],
};
