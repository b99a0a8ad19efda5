// A visit to a shop on Luma, with one product's page of Hyva.
const MUG = { item_id: "21", item_name: "Enamel Mug", price: 18.5 };
const MUGS = { value: 18.5, currency: "EUR", items: [MUG] };

export default {
  preset: "magento2",
  pages: {
    "/mugs.html": "list",
    "/enamel-mug.html": "product",
    "/enamel-mug-hyva.html": "product-hyva",
    "/checkout/cart/": "cart",
    "/checkout/": "checkout",
    "/checkout/onepage/success/": "thanks",
    "/contact/": "contact",
    "/customer/account/create/": "account",
    "/wishlist/": "wishlist",
  },
  answer({ path }) {
    if (path.startsWith("/checkout/cart/add"))
      return path.includes("/22/") ? [200, { backUrl: "/" }] : [200, {}];
    if (path.endsWith("/createpost/")) return [302, "", "/contact/"];
    if (path === "/checkout/cart/delete/") return [302, "", "/checkout/cart/"];
    if (path === "/contact/index/post/") return [302, "", "/contact/"];
    if (path.startsWith("/newsletter/")) return [302, "", "/contact/"];
    if (path === "/wishlist/index/add/") return [302, "", "/mugs.html"];
    if (path.startsWith("/rest/") || path.includes("/sidebar/"))
      return [200, {}];
  },
  steps: [
    ["open", "/customer/account/create/"],
    ["loads", ".submit"],
    ["type", "#newsletter", "nobody"],
    ["click", ".action.subscribe"],
    ["type", "#newsletter", "a@mugs.example"],
    ["loads", ".action.subscribe"],
    ["loads", ".action.submit"],
    ["open", "/mugs.html"],
    ["told", "view_item_list"],
    ["told", "view_promotion"],
    ["click", "[data-product-sku=CR-C1] .tocart"],
    ["seen", ".message-error"],
    ["click", "[data-product-sku=CR-M1] .tocart"],
    ["seen", ".message-success"],
    ["told", "add_to_cart"],
    ["click", "a.product-item-link[href='/enamel-mug.html']"],
    ["at", "/enamel-mug.html"],
    ["told", "view_item"],
    ["click", "#product-addtocart-button"],
    ["seen", ".message-success"],
    ["told", "add_to_cart"],
    ["click", ".product-info-main .towishlist"],
    ["at", "/mugs.html"],
    ["told", "view_item_list"],
    ["told", "view_promotion"],
    ["open", "/enamel-mug-hyva.html"],
    ["told", "view_item"],
    ["click", "#add-to-wishlist"],
    ["open", "/wishlist/"],
    ["click", "[data-role=remove]"],
    ["told", "remove_from_wishlist"],
    ["open", "/checkout/cart/"],
    ["told", "view_cart"],
    ["click", ".minicart-items .delete"],
    ["gone", ".minicart-items li"],
    ["loads", ".action-delete"],
    ["told", "view_cart"],
    ["open", "/checkout/"],
    ["told", "begin_checkout"],
    ["click", "[data-role=opc-continue]"],
    ["seen", "#payment"],
    ["click", ".action.checkout"],
    ["at", "/checkout/onepage/success/"],
    ["told", "purchase"],
    ["again"],
  ],
  told: [
    ["sign_up", { method: "account" }],
    ["sign_up", { method: "newsletter" }],
    ["generate_lead"],
    ["view_promotion"],
    [
      "view_item_list",
      { items: [MUG, { item_id: "22", item_name: "Tin Cup", price: 12 }] },
    ],
    ["add_to_cart", MUGS],
    ["select_item", { items: [MUG] }],
    ["view_item", MUGS],
    ["add_to_cart", MUGS],
    ["add_to_wishlist", { items: [MUG] }],
    ["view_promotion"],
    ["view_item_list"],
    ["view_item", MUGS],
    ["add_to_wishlist", { items: [MUG] }],
    [
      "remove_from_wishlist",
      { items: [{ item_name: "Enamel Mug", price: 18.5 }] },
    ],
    ["view_cart", { value: 30.5, currency: "EUR" }],
    [
      "remove_from_cart",
      { value: 12, items: [{ item_name: "Tin Cup", price: 12 }] },
    ],
    [
      "remove_from_cart",
      { value: 18.5, items: [{ item_name: "Enamel Mug", price: 18.5 }] },
    ],
    ["view_cart"],
    ["begin_checkout"],
    ["add_shipping_info"],
    ["add_payment_info"],
    ["purchase", { transaction_id: "000000009" }],
  ],
};
