// What Snowplow's public schemas demand of what js/collectors/snowplow.js says, as facts: names, types, limits. Each is named by its path in
// the repository snowplow/iglu-central, under schemas/com.snowplowanalytics.

/** A text of at most so many letters. */
const text = (most = Infinity, least = 0) => ({
  says: `a text of ${least} to ${most} letters`,
  takes: (value) =>
    typeof value === "string" && value.length >= least && value.length <= most,
});
const within = (least, most) => (value) => value >= least && value <= most;
const whole = (least = 0, most = 9_999_999) => ({
  says: `a whole number from ${least} to ${most}`,
  takes: (value) => Number.isInteger(value) && within(least, most)(value),
});
const MOST_SECONDS = 2 ** 31 - 1;
const seconds = {
  says: "seconds",
  takes: (value) => typeof value === "number" && within(0, MOST_SECONDS)(value),
};
const money = {
  says: "a price in hundredths",
  takes: (value) =>
    typeof value === "number" &&
    within(0, 9_999_999)(value) &&
    value === Math.round(value * 100) / 100,
};
const flag = {
  says: "true or false",
  takes: (value) => typeof value === "boolean",
};
const texts = (least = 0) => ({
  says: `a list of at least ${least} texts`,
  takes: (value) =>
    Array.isArray(value) &&
    value.length >= least &&
    value.every((one) => typeof one === "string"),
});
const oneOf = (...values) => ({
  says: `one of ${values}`,
  takes: (value) => values.includes(value),
});
const uuid = {
  says: "a UUID",
  takes: (value) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value),
};
const currency = text(3, 3);

/** By name and version, the fields that there may be; those behind "!" there must be. No other is allowed. */
const SCHEMAS = {
  "snowplow/web_page/1-0-0": { "id!": uuid },
  "snowplow/media_player/2-0-0": {
    "currentTime!": seconds,
    "ended!": flag,
    "paused!": flag,
    duration: seconds,
    label: text(4096),
    muted: flag,
  },
  "snowplow/link_click/1-0-1": { "targetUrl!": text(Infinity, 1) },
  "snowplow/site_search/1-0-0": { "terms!": texts(1) },
  "snowplow/social_interaction/1-0-0": {
    "action!": text(),
    "network!": text(),
    target: text(),
  },
  "snowplow.media/play_event/1-0-0": {},
  "snowplow.media/end_event/1-0-0": {},
  "snowplow.media/percent_progress_event/1-0-0": {
    percentProgress: whole(0, 100),
  },
  "snowplow.ecommerce/snowplow_ecommerce_action/1-0-2": {
    "type!": oneOf(
      ...["add_to_cart", "remove_from_cart", "product_view", "list_click"],
      ...["list_view", "promo_click", "promo_view", "checkout_step"],
      ...["transaction", "refund", "trns_error"],
    ),
    name: text(128),
  },
  "snowplow.ecommerce/product/1-0-0": {
    "id!": text(4096),
    "category!": text(4096),
    "price!": money,
    "currency!": currency,
    name: text(4096),
    list_price: money,
    quantity: whole(),
    size: text(256),
    variant: text(256),
    brand: text(256),
    inventory_status: text(256),
    position: whole(),
    creative_id: text(256),
  },
  "snowplow.ecommerce/cart/1-0-0": {
    "total_value!": money,
    "currency!": currency,
    cart_id: text(4096),
  },
  "snowplow.ecommerce/checkout_step/1-0-0": {
    "step!": whole(1, 90),
    delivery_method: text(128),
    payment_method: text(128),
    coupon_code: text(128),
  },
  "snowplow.ecommerce/transaction/1-0-0": {
    "transaction_id!": text(4096),
    "revenue!": money,
    "payment_method!": text(128),
    "currency!": currency,
    "total_quantity!": whole(),
    tax: money,
    shipping: money,
    discount_code: text(99),
    discount_amount: money,
    credit_order: flag,
  },
  "snowplow.ecommerce/promotion/1-0-0": {
    "id!": text(4096),
    name: text(256),
    product_ids: texts(),
    position: whole(),
    creative_id: text(4096),
    type: text(256),
    slot: text(256),
  },
};

/** Fields of a payload (snowplow/payload_data/1-0-4), with what they may hold of snowplow/atomic/1-0-0. All are texts. */
export const PAYLOAD = {
  "tv!": text(100),
  "p!": text(255),
  "e!": text(),
  eid: uuid,
  dtm: text(),
  stm: text(),
  aid: text(255),
  url: text(4096),
  page: text(2000),
  refr: text(4096),
  lang: text(255),
  vp: text(),
  duid: text(128),
  sid: text(128),
  vid: text(),
  uid: text(255),
  cx: text(),
  ue_px: text(),
  se_ca: text(1000),
  se_ac: text(1000),
  se_pr: text(1000),
  se_va: text(),
};

/** Returns what is wrong with an object, by the fields that it may have. */
export function wrong(data, fields) {
  const must = Object.keys(fields).filter((name) => name.endsWith("!"));
  return [
    ...must
      .map((name) => name.slice(0, -1))
      .filter((name) => !(name in data))
      .map((name) => `${name} is missing`),
    ...Object.entries(data).flatMap(([name, value]) => {
      const kind = fields[name] ?? fields[`${name}!`];
      if (!kind) return [`${name} is not allowed`];
      return kind.takes(value)
        ? []
        : [`${name}: ${JSON.stringify(value)} is not ${kind.says}`];
    }),
  ];
}

/** Returns what is wrong with a self-describing object. */
export function wrongWith({ schema, data }) {
  const [, name, version] =
    /^iglu:com\.snowplowanalytics\.([\w.]+\/\w+)\/jsonschema\/([\d-]+)$/.exec(
      schema,
    ) ?? [];
  const fields = SCHEMAS[`${name}/${version}`];
  return fields
    ? wrong(data, fields).map((fault) => `${name}: ${fault}`)
    : [`no facts of ${schema}`];
}
