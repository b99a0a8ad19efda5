// A visit to a shop that nobody knows: usual names, and schema.org on the product's page.
const MUG = { item_id: "m-81", item_name: "Enamel Mug", price: 18.5 };
const MUGS = { value: 18.5, currency: "EUR", items: [MUG] };
const TOTAL = { value: 18.5, currency: "EUR" };

export default {
  preset: "generic",
  pages: {
    "/mugs": "list",
    "/mugs/enamel": "product",
    "/cart": "cart",
    "/thank-you": "thanks",
    "/contact": "contact",
  },
  answer({ method, path }) {
    if (method === "POST") return [302, "", "/contact"];
    if (path === "/checkout") return [200, "<h1>Checkout</h1>"];
  },
  steps: [
    ["open", "/contact"],
    ["loads", "button"],
    ["open", "/mugs"],
    ["told", "view_item_list"],
    ["told", "view_promotion"],
    ["type", "[name=email]", "nobody"],
    ["click", ".newsletter button"],
    ["type", "[name=email]", "a@mugs.example"],
    ["click", ".newsletter button"],
    ["at", "/contact"],
    ["open", "/mugs"],
    ["told", "view_item_list"],
    ["told", "view_promotion"],
    ["click", ".wishlist-button"],
    ["seen", "[aria-pressed=true]"],
    ["click", ".wishlist-button"],
    ["click", ".add-to-cart"],
    ["click", "a[href='/mugs/enamel']"],
    ["at", "/mugs/enamel"],
    ["told", "view_item"],
    ["click", "#add-to-cart"],
    ["open", "/cart"],
    ["told", "view_cart"],
    ["click", ".remove-from-cart"],
    ["click", ".checkout-button"],
    ["at", "/checkout"],
    ["open", "/thank-you"],
    ["told", "purchase"],
    ["again"],
  ],
  told: [
    ["generate_lead"],
    ["view_promotion"],
    [
      "view_item_list",
      { items: [MUG, { item_id: "m-82", item_name: "Tin Cup", price: 12 }] },
    ],
    ["sign_up", { method: "newsletter" }],
    ["view_promotion"],
    ["view_item_list"],
    ["add_to_wishlist", { items: [MUG] }],
    ["remove_from_wishlist", { items: [MUG] }],
    ["add_to_cart", MUGS],
    ["select_item", { items: [MUG] }],
    ["view_item", MUGS],
    ["add_to_cart", MUGS],
    ["view_cart"],
    ["remove_from_cart", MUGS],
    ["begin_checkout", TOTAL],
    ["purchase", { transaction_id: "G-7", value: 23.4, currency: "EUR" }],
  ],
};
