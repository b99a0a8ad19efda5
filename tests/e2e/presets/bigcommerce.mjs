// A visit to a shop on Cornerstone, through the optimized checkout.
const MUG = { item_id: "41", item_name: "Enamel Mug", price: 18.5 };
const MUGS = { value: 18.5, currency: "EUR", items: [MUG] };
/** A line of the cart names no product's number. */
const LINE = { items: [{ item_name: "Enamel Mug", price: 18.5 }] };
const TOTAL = { value: 37, currency: "EUR" };

export default {
  preset: "bigcommerce",
  pages: {
    "/mugs/": "list",
    "/enamel-mug/": "product",
    "/cart.php": "cart",
    "/checkout": "checkout",
    "/checkout/order-confirmation": "thanks",
    "/contact-us/": "contact",
    "/login.php": "account",
    "/wishlist.php": "wishlist",
  },
  answer({ method, path, url, body }) {
    if (path === "/remote/v1/cart/add")
      return /[=\n]999\b/.test(body)
        ? [200, { data: { error: "Out of stock" } }]
        : [200, { data: { cart_item: { id: "aa-1" } } }];
    if (url.startsWith("/cart.php?suggest="))
      return [200, '<section class="previewCart">Added</section>'];
    if (url.startsWith("/cart.php?action=add")) return [302, "", "/cart.php"];
    if (path.startsWith("/remote/") || path.includes("api/")) return [200, {}];
    if (url.startsWith("/wishlist.php?action=add"))
      return [302, "", "/enamel-mug/"];
    if (method === "POST") return [302, "", "/contact-us/"];
  },
  steps: [
    ["open", "/login.php"],
    ["loads", "[type=submit]"],
    ["loads", "[type=submit]"],
    ["open", "/mugs/"],
    ["told", "view_item_list"],
    ["told", "view_promotion"],
    ["type", "#nl_email", "nobody"],
    ["click", "[value=Subscribe]"],
    ["type", "#nl_email", "a@mugs.example"],
    ["click", "[value=Subscribe]"],
    ["at", "/contact-us/"],
    ["open", "/mugs/"],
    ["told", "view_item_list"],
    ["told", "view_promotion"],
    ["click", "[data-button-type=add-cart]"],
    ["at", "/cart.php"],
    ["told", "view_cart"],
    ["click", "[data-action=inc]"],
    ["seen", "[data-quantity='3']"],
    ["click", "[data-action=dec]"],
    ["seen", "[data-quantity='2']"],
    ["click", ".cart-remove"],
    ["gone", ".cart-item"],
    ["open", "/mugs/"],
    ["told", "view_item_list"],
    ["told", "view_promotion"],
    ["click", ".card-title a[href='/enamel-mug/']"],
    ["at", "/enamel-mug/"],
    ["told", "view_item"],
    ["click", "#form-action-addToCart"],
    ["seen", "#previewModal .previewCart"],
    ["told", "add_to_cart"],
    ["type", ".form-input--incrementTotal", "999"],
    ["click", "#form-action-addToCart"],
    ["seen", "[data-refused]"],
    ["loads", "[data-wishlist-add] [type=submit]"],
    ["told", "view_item"],
    ["open", "/wishlist.php"],
    ["loads", "[type=submit]"],
    ["open", "/checkout"],
    ["told", "begin_checkout"],
    ["click", "#checkout-shipping-continue"],
    ["seen", "[data-test=payment-form]"],
    ["told", "add_shipping_info"],
    ["click", "#checkout-payment-continue"],
    ["at", "/checkout/order-confirmation"],
    ["told", "purchase"],
    ["again"],
  ],
  told: [
    ["sign_up", { method: "account" }],
    ["generate_lead"],
    ["view_promotion"],
    [
      "view_item_list",
      { items: [MUG, { item_id: "42", item_name: "Tin Cup", price: 12 }] },
    ],
    ["sign_up", { method: "newsletter" }],
    ["view_promotion"],
    ["view_item_list"],
    ["add_to_cart", MUGS],
    ["view_cart", TOTAL],
    ["add_to_cart", LINE],
    ["remove_from_cart", LINE],
    ["remove_from_cart", LINE],
    ["view_promotion"],
    ["view_item_list"],
    ["select_item", { items: [MUG] }],
    ["view_item", MUGS],
    ["add_to_cart", MUGS],
    ["add_to_wishlist", { items: [MUG] }],
    ["view_item", MUGS],
    ["remove_from_wishlist", { items: [MUG] }],
    ["begin_checkout"],
    ["add_shipping_info"],
    ["add_payment_info"],
    ["purchase", { transaction_id: "119", value: 41.9, currency: "EUR" }],
  ],
};
