// Pixels of Meta's kind, by tags that listen to `dataLayer`: the standard event's name under `event`, its objects as Meta's pixel takes
// them. `event_id` is what the pixel and a server's event are matched by. <https://developers.facebook.com/docs/meta-pixel/reference>
// @ts-check
import { speaking } from "./common.js";

const document = {
  name: "pixel",
  push: "dataLayer",
  most: { events: 1, bytes: 60_000 },
  event: {
    event: {
      $case: [
        "$name",
        {
          page_view: "PageView",
          view_item: "ViewContent",
          search: "Search",
          add_to_cart: "AddToCart",
          add_to_wishlist: "AddToWishlist",
          begin_checkout: "InitiateCheckout",
          add_payment_info: "AddPaymentInfo",
          purchase: "Purchase",
          generate_lead: "Lead",
          sign_up: "CompleteRegistration",
        },
        "$name",
      ],
    },
    event_id: "$id",
    event_source_url: "$page.url",
    content_type: { $if: ["$params.items", "product"] },
    content_ids: { $each: ["$params.items", "$it.item_id"] },
    content_name: "$params.items.0.item_name",
    contents: {
      $each: [
        "$params.items",
        {
          id: "$it.item_id",
          quantity: { $or: ["$it.quantity", 1] },
          item_price: "$it.price",
        },
      ],
    },
    search_string: "$params.search_term",
    value: "$params.value",
    currency: "$params.currency",
    order_id: "$params.transaction_id",
  },
  body: "$event",
};
export default document;

export const pixel = speaking(document);
