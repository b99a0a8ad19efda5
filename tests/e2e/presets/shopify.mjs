// A visit to a shop on Dawn, with the drawer of the cart switched off and Swym's hearts.
const MUG = { item_id: "4001", item_name: "Enamel Mug", price: 18.5 };
const MUGS = { value: 18.5, currency: "EUR", items: [MUG] };

export default {
  preset: "shopify",
  pages: {
    "/": "home",
    "/account/register": "account",
    "/collections/mugs": "list",
    "/products/enamel-mug": "product",
    "/cart": "cart",
  },
  answer({ method, path, body }) {
    if (path === "/cart/add")
      return body.includes("4002")
        ? [422, { status: 422, description: "Sold out" }]
        : [200, { id: 4001, quantity: 1 }];
    if (path === "/cart/change") return [200, { item_count: 1 }];
    if (path === "/account") return [302, "", "/"];
    if (path === "/contact") return [302, "", "/?customer_posted=true"];
    if (path === "/cart" && method === "POST")
      return [303, "", "/checkouts/cn/abc"];
    if (path.startsWith("/checkouts/")) return [200, "<h1>Checkout</h1>"];
  },
  steps: [
    ["open", "/account/register"],
    ["loads", "button"],
    ["told", "view_promotion"],
    ["type", "#NewsletterForm--footer", "nobody"],
    ["click", "#Subscribe"],
    ["type", "#NewsletterForm--footer", "a@mugs.example"],
    ["click", "#Subscribe"],
    ["at", "/?customer_posted=true"],
    ["told", "sign_up"],
    ["told", "view_promotion"],
    ["click", ".banner a"],
    ["at", "/collections/mugs"],
    ["told", "view_item_list"],
    ["click", "#quick-add-grid802-submit"],
    ["seen", ".sold-out-message"],
    ["click", "#quick-add-grid801-submit"],
    ["seen", "cart-drawer.active"],
    ["told", "view_cart"],
    ["click", "a[href='/products/enamel-mug']"],
    ["at", "/products/enamel-mug"],
    ["told", "view_item"],
    ["click", ".swym-button"],
    ["seen", ".swym-added"],
    ["click", ".swym-button"],
    ["click", "[name=add]"],
    ["seen", ".cart-notification.active"],
    ["told", "add_to_cart"],
    ["click", ".shopify-payment-button__button"],
    ["at", "/checkouts/cn/abc"],
    ["open", "/cart"],
    ["told", "view_cart"],
    ["tap", "[name=plus]", 4],
    ["seen", "[data-quantity='6']"],
    ["click", "[name=minus]"],
    ["seen", "[data-quantity='5']"],
    ["click", "cart-remove-button a"],
    ["gone", ".cart-item"],
    ["click", "#checkout"],
    ["at", "/checkouts/cn/abc"],
  ],
  told: [
    ["sign_up", { method: "account" }],
    ["view_promotion"],
    ["sign_up", { method: "newsletter" }],
    ["view_promotion"],
    ["select_promotion"],
    [
      "view_item_list",
      { items: [MUG, { item_id: "4002", item_name: "Tin Cup", price: 12 }] },
    ],
    ["add_to_cart", MUGS],
    ["view_cart", { value: 18.5, currency: "EUR" }],
    ["select_item", { items: [MUG] }],
    ["view_item", MUGS],
    ["add_to_wishlist", { items: [MUG] }],
    ["remove_from_wishlist", { items: [MUG] }],
    ["add_to_cart", MUGS],
    ["begin_checkout", MUGS],
    ["view_cart", { value: 37, currency: "EUR" }],
    ...Array(4).fill(["add_to_cart", MUGS]),
    ["remove_from_cart", MUGS],
    ["remove_from_cart", { items: [MUG] }],
    ["begin_checkout", { value: 37, currency: "EUR" }],
  ],
};
