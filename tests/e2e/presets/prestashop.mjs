// A visit to a French shop on the classic theme.
const MUG = { item_id: "31", item_name: "Tasse émaillée", price: 18.5 };
const MUGS = { value: 18.5, currency: "EUR", items: [MUG] };
const TOTAL = { value: 37, currency: "EUR" };
const ORDER = { value: 41.9, currency: "EUR" };

export default {
  preset: "prestashop",
  pages: {
    "/3-tasses": "list",
    "/tasse-email.html": "product",
    "/panier": "cart",
    "/commande": "checkout",
    "/confirmation-commande": "thanks",
    "/contact": "contact",
    "/inscription": "account",
  },
  answer({ method, path, body }) {
    if (method !== "POST") return;
    if (path === "/panier") return [200, { hasError: /[=\n]999\b/.test(body) }];
    if (path === "/inscription") return [302, "", "/contact"];
    if (path.endsWith("/subscription"))
      return [200, { nw_error: !body.includes("@") }];
    if (path.endsWith("/validation"))
      return [302, "", "/confirmation-commande?id_cart=1&id_order=9"];
    if (path.startsWith("/module/")) return [200, {}];
  },
  steps: [
    ["open", "/inscription"],
    ["loads", "[type=submit]"],
    ["loads", "[name=submitMessage]"],
    ["open", "/3-tasses"],
    ["told", "view_item_list"],
    ["told", "view_promotion"],
    ["type", "[name=email]", "nobody"],
    ["click", "[name=submitNewsletter]"],
    ["seen", ".block_newsletter .alert-danger"],
    ["type", "[name=email]", "a@mugs.example"],
    ["click", "[name=submitNewsletter]"],
    ["seen", ".block_newsletter .alert-success"],
    ["told", "sign_up"],
    ["click", ".wishlist-button-add"],
    ["told", "add_to_wishlist"],
    ["click", ".product-title a[href='/tasse-email.html']"],
    ["at", "/tasse-email.html"],
    ["told", "view_item"],
    ["click", "[data-button-action=add-to-cart]"],
    ["seen", "#blockcart-modal"],
    ["told", "add_to_cart"],
    ["type", "#quantity_wanted", "999"],
    ["click", "[data-button-action=add-to-cart]"],
    ["seen", "[data-refused]"],
    ["click", ".wishlist-button-add"],
    ["told", "remove_from_wishlist"],
    ["open", "/panier"],
    ["told", "view_cart"],
    ["click", ".js-increase-product-quantity"],
    ["seen", "[data-quantity='3']"],
    ["click", ".js-decrease-product-quantity"],
    ["seen", "[data-quantity='2']"],
    ["click", ".remove-from-cart"],
    ["gone", ".cart-item"],
    ["open", "/commande"],
    ["told", "begin_checkout"],
    ["loads", "[name=confirmDeliveryOption]"],
    ["told", "begin_checkout"],
    ["click", "#payment-confirmation button"],
    ["at", "/confirmation-commande?id_cart=1&id_order=9"],
    ["told", "purchase"],
    ["again"],
  ],
  told: [
    ["sign_up", { method: "account" }],
    ["generate_lead"],
    ["view_promotion"],
    [
      "view_item_list",
      { items: [MUG, { item_id: "32", item_name: "Gobelet", price: 12 }] },
    ],
    ["sign_up", { method: "newsletter" }],
    ["add_to_wishlist", { items: [MUG] }],
    ["select_item", { items: [MUG] }],
    ["view_item", MUGS],
    ["add_to_cart", MUGS],
    ["remove_from_wishlist", { items: [MUG] }],
    ["view_cart", TOTAL],
    ["add_to_cart", MUGS],
    ["remove_from_cart", MUGS],
    ["remove_from_cart", { items: [MUG] }],
    ["begin_checkout", ORDER],
    ["add_shipping_info", ORDER],
    ["begin_checkout", ORDER],
    ["add_payment_info", ORDER],
    [
      "purchase",
      { transaction_id: "Référence de la commande : QWERTASDF", ...ORDER },
    ],
  ],
};
