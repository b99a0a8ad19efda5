// Events and items as Segment's ecommerce spec has them, for the collectors that follow it.
// @ts-check
import { granted } from "./common.js";

/** An item as Segment's ecommerce spec has it: <https://segment.com/docs/connections/spec/ecommerce/v2/> */
export const PRODUCT = {
  item_id: "product_id",
  item_name: "name",
  item_brand: "brand",
  item_variant: "variant",
  item_category: "category",
  index: "position",
};
/** Parameters by that spec's names. */
const PROPERTIES = {
  items: "",
  transaction_id: "order_id",
  search_term: "query",
  item_list_id: "list_id",
  item_list_name: "category",
  promotion_name: "name",
  creative_name: "creative",
  creative_slot: "position",
  shipping_tier: "shipping_method",
  payment_type: "payment_method",
};
const products = {
  $each: ["$params.items", { $keys: ["$it", PRODUCT] }],
};
const properties = { $keys: ["$params", PROPERTIES] };
/** Facts of the one product stand among the properties. */
const single = {
  "...": [properties, { $keys: ["$params.items.0", PRODUCT] }],
};
const many = { "...": [properties, { products }] };

/** What is told of an event, but of a page view. */
export const facts = {
  $case: [
    "$name",
    {
      view_item: single,
      select_item: single,
      add_to_cart: single,
      remove_from_cart: single,
      add_to_wishlist: single,
      remove_from_wishlist: single,
    },
    many,
  ],
};

/** Names of events, for Segment, RudderStack and Jitsu; those without one of theirs keep GA4's. */
export const NAMES = {
  view_item: "Product Viewed",
  view_item_list: "Product List Viewed",
  select_item: "Product Clicked",
  add_to_cart: "Product Added",
  remove_from_cart: "Product Removed",
  view_cart: "Cart Viewed",
  begin_checkout: "Checkout Started",
  add_shipping_info: "Checkout Step Completed",
  add_payment_info: "Payment Info Entered",
  purchase: "Order Completed",
  add_to_wishlist: "Product Added to Wishlist",
  remove_from_wishlist: "Product Removed from Wishlist",
  view_promotion: "Promotion Viewed",
  select_promotion: "Promotion Clicked",
  search: "Products Searched",
  share: "Product Shared",
  sign_up: "Signed Up",
  generate_lead: "Lead Generated",
  video_start: "Video Playback Started",
  video_progress: "Video Content Playing",
  video_complete: "Video Playback Completed",
};

/** A call of Segment's analytics, `track` or `page`. */
export const call = {
  type: { $case: ["$name", { page_view: "page" }, "track"] },
  messageId: "$id",
  anonymousId: "$visitor",
  userId: "$user",
  timestamp: { $iso: "$time" },
  name: { $case: ["$name", { page_view: "$page.title" }] },
  event: {
    $case: [
      "$name",
      { page_view: "$none" },
      { $case: ["$name", NAMES, "$name"] },
    ],
  },
  properties: {
    $case: [
      "$name",
      {
        page_view: {
          url: "$page.url",
          path: "$page.path",
          referrer: "$page.referrer",
          title: "$page.title",
        },
        share: { "...": [properties, { share_via: "$params.method" }] },
        purchase: {
          "...": [many, { total: "$params.value", revenue: "$params.value" }],
        },
      },
      facts,
    ],
  },
  context: {
    page: {
      url: "$page.url",
      path: "$page.path",
      referrer: "$page.referrer",
      title: "$page.title",
    },
    locale: "$page.language",
    campaign: {
      source: "$session.source.utm_source",
      medium: "$session.source.utm_medium",
      name: "$session.source.utm_campaign",
      term: "$session.source.utm_term",
      content: "$session.source.utm_content",
      id: "$session.source.utm_id",
    },
    screen: {
      innerWidth: "$page.viewport.0",
      innerHeight: "$page.viewport.1",
    },
    sessionId: "$session.id",
    consent: { categoryPreferences: { analytics: granted } },
    library: { name: "spoor" },
  },
};

/** The body of Segment's /v1/batch. */
export const batch = {
  writeKey: "$option.write_key",
  batch: "$events",
  sentAt: { $iso: "$sent_at" },
};
