// A visit to a shop on WooCommerce's classic templates, with a cart of blocks beside the classic one.
const MUG = { item_id: "11", item_name: "Enamel Mug", price: 18.5 };
const PLATE = { item_id: "13", item_name: "Plate", price: 9 };
const MUGS = { value: 18.5, currency: "EUR", items: [MUG] };
/** A line of the cart block names no product's number. */
const LINE = { items: [{ item_name: "Enamel Mug", price: 18.5 }] };
const TOTAL = { value: 18.5, currency: "EUR" };
const ORDER = { value: 23.4, currency: "EUR" };

export default {
  preset: "woocommerce",
  pages: {
    "/contact/": "contact",
    "/my-account/": "account",
    "/wishlist/": "wishlist",
    "/shop/": "list",
    "/product/enamel-mug/": "product",
    "/product/tin-cup/": "product",
    "/cart/": "cart",
    "/cart-block/": "cart-block",
    "/checkout/": "checkout",
    "/checkout/order-received/7701/": "thanks",
  },
  answer({ method, url, path, body }) {
    if (path === "/my-account/" && method === "POST")
      return [302, "", "/contact/"];
    if (url.endsWith("wc-ajax=add_to_cart"))
      return body.includes("product_id=12")
        ? [200, { error: true, product_url: "/product/tin-cup/" }]
        : [200, { fragments: {}, cart_hash: "abc" }];
    if (url.endsWith("wc-ajax=checkout"))
      return [200, { redirect: "/checkout/order-received/7701/?key=abc" }];
    if (url.includes("wc-ajax=remove_from_cart")) return [200, {}];
    if (path.endsWith("/feedback"))
      return [200, { status: "validation_failed" }];
    if (path.includes("/wc/store/")) return [207, { responses: [] }];
    if (path.startsWith("/wp-")) return [200, {}];
  },
  steps: [
    ["open", "/my-account/"],
    ["loads", "[name=register]"],
    ["told", "view_promotion"],
    ["click", ".wpcf7-submit"],
    ["seen", ".wpcf7-form.invalid"],
    ["click", ".mailpoet_submit"],
    ["seen", ".mailpoet_validate_error"],
    ["type", ".mailpoet_text", "a@mugs.example"],
    ["click", ".mailpoet_submit"],
    ["seen", ".mailpoet_validate_success"],
    ["told", "sign_up"],
    ["click", ".wp-block-cover a"],
    ["at", "/shop/"],
    ["told", "view_item_list"],
    ["click", ".add_to_wishlist"],
    ["seen", ".yith-wcwl-wishlistaddedbrowse"],
    ["click", "[data-product_id='11'].add_to_cart_button"],
    ["seen", ".added_to_cart"],
    ["told", "add_to_cart"],
    // The notice of the first still stands when that of the second comes.
    ["click", "[data-product_id='13'].add_to_cart_button"],
    ["seen", "[data-product_id='13'] + .added_to_cart"],
    ["click", ".remove_from_cart_button"],
    ["gone", ".mini_cart_item"],
    ["click", "li.product a[href='/product/enamel-mug/']"],
    ["at", "/product/enamel-mug/"],
    ["told", "view_item"],
    ["loads", ".single_add_to_cart_button"],
    ["told", "view_item"],
    ["open", "/wishlist/"],
    ["loads", ".remove_from_wishlist"],
    ["open", "/cart/"],
    ["told", "view_cart"],
    ["click", ".product-remove .remove"],
    ["gone", ".cart_item"],
    ["open", "/cart-block/"],
    ["told", "view_cart"],
    ["click", "[aria-label^=Increase]"],
    ["seen", "[data-quantity='2']"],
    ["click", "[aria-label^=Reduce]"],
    ["seen", "[data-quantity='1']"],
    ["click", ".wc-block-cart-item__remove-link"],
    ["gone", ".wc-block-cart-items__row"],
    ["open", "/checkout/"],
    ["told", "begin_checkout"],
    ["click", "#shipping_method_0_flat"],
    ["click", "#place_order"],
    ["at", "/checkout/order-received/7701/?key=abc"],
    ["told", "purchase"],
    ["again"],
    // A product that the server refuses is shown instead.
    ["open", "/shop/"],
    ["told", "view_item_list"],
    ["click", "[data-product_id='12'].add_to_cart_button"],
    ["at", "/product/tin-cup/"],
    ["told", "view_item"],
  ],
  told: [
    ["sign_up", { method: "account" }],
    ["view_promotion"],
    ["sign_up", { method: "newsletter" }],
    ["select_promotion"],
    [
      "view_item_list",
      {
        items: [MUG, PLATE, { item_id: "12", item_name: "Tin Cup", price: 12 }],
      },
    ],
    ["add_to_wishlist", { items: [MUG] }],
    ["add_to_cart", MUGS],
    ["add_to_cart", { items: [PLATE] }],
    [
      "remove_from_cart",
      { items: [{ item_id: "12", item_name: "Tin Cup", price: 12 }] },
    ],
    ["select_item", { items: [MUG] }],
    ["view_item", MUGS],
    ["add_to_cart", MUGS],
    ["view_item", MUGS],
    ["remove_from_wishlist", { items: [MUG] }],
    ["view_cart", TOTAL],
    ["remove_from_cart", MUGS],
    ["view_cart", TOTAL],
    ["add_to_cart", LINE],
    ["remove_from_cart", LINE],
    ["remove_from_cart", LINE],
    ["begin_checkout", ORDER],
    ["add_shipping_info", ORDER],
    ["add_payment_info", ORDER],
    ["purchase", { transaction_id: "7701", ...ORDER }],
    ["view_item_list"],
    ["view_item"],
  ],
};
