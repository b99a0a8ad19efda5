// A visit to a German shop on the default Storefront.
const MUG = { item_id: "aa51", item_name: "Emaillebecher", price: 18.5 };
const MUGS = { value: 18.5, currency: "EUR", items: [MUG] };
const TOTAL = { value: 37, currency: "EUR" };
const ORDER = { value: 41.9, currency: "EUR" };

export default {
  preset: "shopware6",
  pages: {
    "/becher/": "list",
    "/emaillebecher/CR-M1": "product",
    "/checkout/cart": "cart",
    "/checkout/confirm": "checkout",
    "/checkout/finish": "thanks",
    "/kontakt/": "contact",
    "/account/register": "account",
  },
  answer({ method, path, body }) {
    if (path === "/account/register" && method === "POST")
      return [302, "", "/kontakt/"];
    if (path === "/checkout/line-item/add")
      return body.includes("aa52")
        ? [200, '<div class="alert alert-danger">Ausverkauft</div>']
        : [200, '<div class="alert alert-success">Hinzugefügt</div>'];
    if (path.startsWith("/checkout/line-item/"))
      return [302, "", "/checkout/cart"];
    if (path === "/checkout/order")
      return [302, "", "/checkout/finish?orderId=1"];
    if (path.startsWith("/wishlist/")) return [200, {}];
    if (path === "/form/newsletter" && !body.includes("@"))
      return [200, [{ type: "danger" }]];
    if (path.startsWith("/form/")) return [200, [{ type: "success" }]];
  },
  steps: [
    ["open", "/account/register"],
    ["loads", "[type=submit]"],
    ["click", "[type=submit]"],
    ["seen", ".confirm-message"],
    ["told", "generate_lead"],
    ["open", "/becher/"],
    ["told", "view_item_list"],
    ["told", "view_promotion"],
    ["click", "[action$=newsletter] [type=submit]"],
    ["seen", ".confirm-alert"],
    ["type", "[name=email]", "a@mugs.example"],
    ["click", "[action$=newsletter] [type=submit]"],
    ["seen", ".confirm-message"],
    ["told", "sign_up"],
    ["click", ".product-wishlist-action-circle"],
    ["seen", ".product-wishlist-added"],
    ["click", ".cms-listing-col + .cms-listing-col .btn-buy"],
    ["seen", ".offcanvas .alert-danger"],
    ["click", ".btn-buy"],
    ["seen", ".offcanvas .alert-success"],
    ["told", "add_to_cart"],
    ["click", ".product-name[href='/emaillebecher/CR-M1']"],
    ["at", "/emaillebecher/CR-M1"],
    ["told", "view_item"],
    ["click", ".product-wishlist-action"],
    ["seen", ".product-wishlist-added"],
    ["click", ".product-wishlist-action"],
    ["told", "remove_from_wishlist"],
    ["click", ".btn-buy"],
    ["seen", ".offcanvas .alert-success"],
    ["told", "add_to_cart"],
    ["open", "/checkout/cart"],
    ["told", "view_cart"],
    ["loads", ".js-btn-plus"],
    ["told", "view_cart"],
    ["loads", ".line-item-remove-button"],
    ["told", "view_cart"],
    ["click", ".begin-checkout-btn"],
    ["at", "/checkout/confirm"],
    ["click", ".shipping-method-label[for=shippingMethod2]"],
    ["told", "add_shipping_info"],
    ["click", "#confirmFormSubmit"],
    ["click", "#tos"],
    ["click", "#confirmFormSubmit"],
    ["at", "/checkout/finish?orderId=1"],
    ["told", "purchase"],
    ["again"],
  ],
  told: [
    ["sign_up", { method: "account" }],
    ["generate_lead"],
    ["view_promotion"],
    [
      "view_item_list",
      { items: [MUG, { item_id: "aa52", item_name: "Blechtasse", price: 12 }] },
    ],
    ["sign_up", { method: "newsletter" }],
    ["add_to_wishlist", { items: [MUG] }],
    ["add_to_cart", MUGS],
    ["select_item", { items: [MUG] }],
    ["view_item", MUGS],
    ["add_to_wishlist", { items: [MUG] }],
    ["remove_from_wishlist", { items: [MUG] }],
    ["add_to_cart", MUGS],
    ["view_cart", TOTAL],
    ["add_to_cart", MUGS],
    ["view_cart", TOTAL],
    ["remove_from_cart", MUGS],
    ["view_cart", TOTAL],
    ["begin_checkout", TOTAL],
    ["add_shipping_info", ORDER],
    ["add_payment_info", ORDER],
    ["purchase", { transaction_id: "10007", ...ORDER }],
  ],
};
