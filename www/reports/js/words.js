// What events are called, as a shop owner says it.

/** Per event: title in lists, what visitors did, and its weight. "step" leads to a purchase and "left" away
 * from it by nature, "noise" is no deed. */
const WORDS = {
  page_view: ["Page viewed", "viewed a page", "noise"],
  scroll: ["Scrolled", "scrolled down", "noise"],
  user_engagement: ["Stayed", "stayed", "noise"],
  session_start: ["Visit began", "came", "noise"],
  first_visit: ["First visit", "came for the first time", "noise"],
  view_item: ["Product viewed", "viewed a product", "step"],
  view_item_list: ["Product list viewed", "viewed a list of products", "noise"],
  select_item: ["Product picked from a list", "picked a product from a list"],
  add_to_cart: ["Added to cart", "added a product to their cart", "step"],
  remove_from_cart: [
    "Removed from cart",
    "took a product out of their cart",
    "trouble",
  ],
  view_cart: ["Cart viewed", "looked into their cart", "step"],
  begin_checkout: ["Checkout begun", "began the checkout", "step"],
  add_shipping_info: ["Delivery chosen", "chose a delivery", "step"],
  add_payment_info: ["Payment chosen", "chose a payment", "step"],
  purchase: ["Purchase", "bought", "goal"],
  refund: ["Refund", "got a refund", "trouble"],
  add_to_wishlist: [
    "Saved to wishlist",
    "saved a product to their wishlist",
    "weighty",
  ],
  sign_up: ["Newsletter sign-up", "signed up for the newsletter", "weighty"],
  generate_lead: ["Enquiry", "sent an enquiry", "weighty"],
  login: ["Logged in", "logged in"],
  share: ["Shared", "shared a product", "weighty"],
  search: ["Searched", "searched"],
  view_search_results: ["Search results viewed", "viewed search results"],
  view_promotion: ["Promotion seen", "saw a promotion"],
  select_promotion: ["Promotion clicked", "clicked a promotion", "weighty"],
  video_start: ["Video started", "started a product video", "weighty"],
  video_progress: ["Video watched on", "went on watching a product video"],
  video_complete: [
    "Video watched to the end",
    "watched a product video to its end",
    "weighty",
  ],
  file_download: ["Download", "downloaded a file"],
  form_start: ["Form begun", "began to fill in a form"],
  form_submit: ["Form sent", "sent a form"],
  form_abandon: ["Form left", "left a form half filled in", "trouble"],
  checkout_abandon: ["Checkout left", "left the checkout", "left"],
  size_guide_opened: ["Size guide opened", "opened the size guide", "weighty"],
  rage_click: ["Clicked in anger", "clicked in anger", "trouble"],
  dead_click: [
    "Clicked without effect",
    "clicked where nothing happens",
    "trouble",
  ],
  error_click: [
    "Clicked into an error",
    "clicked something that failed",
    "trouble",
  ],
  thrashed_cursor: ["Cursor thrown about", "threw the cursor about", "trouble"],
  quick_back: ["Back at once", "came back from a page at once", "trouble"],
  remove_from_wishlist: [
    "Removed from wishlist",
    "took a product off their wishlist",
    "trouble",
  ],
  click: ["Link to another site", "followed a link to another site"],
  funnel_step: ["Funnel step", "took a step of a funnel", "noise"],
};

/** "copy_link" -> "copy link" */
export const spaced = (name) => name.replaceAll("_", " ");

/** "add_to_cart" -> "Added to cart" */
export function title(name) {
  const text = WORDS[name]?.[0] ?? spaced(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "add_to_cart" -> "added a product to their cart" */
export const deed = (name) => WORDS[name]?.[1] ?? `did “${spaced(name)}”`;

/** "step", "noise", "goal", "trouble", "left", "weighty", or "" for the rest. */
export const weight = (name) => WORDS[name]?.[2] ?? "";
