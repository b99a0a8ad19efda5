// The envelope of a visit in which each event of docs/events.md is told once, and its requests to every collector.
import { requests } from "../../js/dialect.js";
import { unpack } from "../../js/heatmap.js";
import * as collectors from "../../js/collectors.js";

export { collectors };

const LAMP = {
  item_id: "A1",
  item_name: "Lamp",
  item_brand: "Lux",
  item_category: "Light",
  item_variant: "Oak",
  price: 19.9,
  quantity: 2,
};
const BULB = { item_id: "B2", item_name: "Bulb", price: 3.5, index: 2 };
const one = { currency: "EUR", value: 39.8, items: [LAMP] };
const two = { currency: "EUR", value: 43.3, items: [LAMP, BULB] };
const promotion = { promotion_id: "P1", promotion_name: "Autumn" };
const video = {
  video_title: "Lamp",
  video_provider: "html5",
  video_duration: 60,
  video_current_time: 6,
  video_muted: false,
};
const link = {
  link_url: "https://maker.example/lamp.pdf",
  link_domain: "maker.example",
};

/** Every event of docs/events.md, and one of a shop's own. */
export const EVENTS = {
  page_view: undefined,
  view_item: one,
  view_item_list: { ...two, item_list_id: "L1", item_list_name: "Lights" },
  select_item: one,
  add_to_cart: one,
  remove_from_cart: one,
  add_to_wishlist: one,
  remove_from_wishlist: one,
  view_cart: two,
  begin_checkout: { ...two, coupon: "TEN" },
  add_shipping_info: { ...two, shipping_tier: "Express" },
  add_payment_info: { ...two, payment_type: "Card" },
  purchase: {
    ...two,
    transaction_id: "T-7",
    tax: 6.9,
    shipping: 4.9,
    coupon: "TEN",
  },
  sign_up: { method: "newsletter" },
  generate_lead: { currency: "EUR", value: 5 },
  view_promotion: promotion,
  select_promotion: promotion,
  share: { method: "copy_link", content_type: "product", item_id: "A1" },
  search: { search_term: "desk lamp" },
  file_download: { ...link, file_extension: "pdf" },
  click: { ...link, outbound: true },
  video_start: { ...video, video_percent: 0 },
  video_progress: { ...video, video_percent: 25 },
  video_complete: { ...video, video_percent: 100 },
  scroll: { percent_scrolled: 50 },
  user_engagement: { engagement_time_msec: 4200, attention: [2, 4, 1] },
  form_start: { form_id: "newsletter" },
  form_submit: {
    form_id: "newsletter",
    fields: { email: { focus_count: 1, seconds: 3 } },
  },
  form_abandon: {
    form_id: "address",
    last_field: "street",
    last_error: "valueMissing",
  },
  rage_click: { element: "#buy" },
  dead_click: { element: "#buy" },
  error_click: { element: "#buy" },
  thrashed_cursor: undefined,
  quick_back: undefined,
  funnel_step: {
    funnel_name: "checkout",
    step_name: "purchase",
    step_index: 3,
    seconds_since_step: 9,
    steps_skipped: 0,
  },
  checkout_abandon: {
    funnel_name: "checkout",
    last_step: "begin_checkout",
    reason: "left",
  },
  size_guide_opened: { sku: "A1" },
};

const OPENED = 1763827200123;

/** Returns the envelope with those events. @param {string[]} names */
export const envelopeOf = (names = Object.keys(EVENTS), heat = true) => ({
  v: 1,
  site: "demo-shop",
  batch: "019aac4b-307b-7dd7-a220-a8397b1dcdaf",
  sent_at: OPENED + 60_000,
  visitor: "019aac4b-2f00-7a11-b220-a8397b1dc001",
  user: "customer-17",
  session: {
    id: "019aac4b-2f01-7a11-9220-a8397b1dc002",
    number: 2,
    started_at: OPENED,
    source: {
      referrer: "https://news.example/",
      utm_source: "newsletter",
      utm_medium: "email",
      utm_campaign: "autumn",
      channel: "email",
    },
  },
  pages: [
    {
      id: "019aac4b-307b-7123-8220-a8397b1dc003",
      opened_at: OPENED,
      url: "https://shop.example/p/lamp",
      title: "Lamp",
      referrer: "https://news.example/",
      language: "en",
      viewport: [1280, 720],
      document: [1265, 3100],
      events: names.map((name, index) => ({
        seq: index + 1,
        t: index * 1000,
        name,
        ...(EVENTS[name] && { params: EVENTS[name] }),
      })),
      ...(heat && {
        heat: [
          { seq: names.length + 1, data: "BAEAAAQjYWRkAfCACsgG8AFYAYkcVRA" },
        ],
      }),
    },
  ],
});

/** What a shop says of each collector. */
export const OPTIONS = {
  url: "https://collector.example",
  write_key: "wk",
  api_key: "ak",
  token: "tk",
  site_id: 1,
  domain: "shop.example",
  website: "7c5f1f9e-0d5b-4f7a-8a44-1f2f3c4d5e6f",
  measurement_id: "G-1",
  table: "events",
  goals: { sign_up: 3 },
};

/** Returns the requests to a collector. @param {string} name @param {any} envelope */
export const requestsTo = (
  name,
  envelope = envelopeOf(),
  consent = "granted",
) =>
  requests(collectors[name]({}).dialect, OPTIONS, envelope, {
    consent,
    unpack,
  });

/** Returns the golden text of a collector: a line for each request's address and type, and one for its body. */
export const golden = (name) =>
  requestsTo(name)
    .requests.map(({ url, type, push, body }) =>
      [
        push ? `push ${push}` : `${url} ${type}`,
        push ? JSON.stringify(body) : body.trimEnd(),
      ].join("\n"),
    )
    .join("\n\n") + "\n";
