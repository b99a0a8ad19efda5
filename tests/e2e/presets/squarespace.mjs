// A visit to a shop on Squarespace: the store page of 7.1, the product page of 7.0.
const MUG = { item_id: "71a", item_name: "Enamel Mug", price: 18.5 };
const MUGS = { value: 18.5, currency: "EUR", items: [MUG] };
const TOTAL = { value: 18.5, currency: "EUR" };

export default {
  preset: "squarespace",
  pages: {
    "/store": "list",
    "/store/enamel-mug": "product",
    "/cart": "cart",
    "/checkout/order-confirmed": "thanks",
    "/contact": "contact",
  },
  answer({ path, body }) {
    if (path.startsWith("/api/commerce/"))
      return body.includes("72a")
        ? [422, { message: "Sold out" }]
        : [200, { shoppingCart: {} }];
    if (path.startsWith("/api/form/")) return [200, {}];
    if (path === "/commerce/goto-checkout") return [200, "<h1>Checkout</h1>"];
  },
  steps: [
    ["open", "/contact"],
    ["click", "[type=submit]"],
    ["seen", "[data-answered=sent]"],
    ["told", "generate_lead"],
    ["open", "/store"],
    ["told", "view_item_list"],
    ["told", "view_promotion"],
    ["type", "[name=email]", "nobody"],
    ["click", ".newsletter-form-button"],
    ["seen", "[data-answered=invalid]"],
    ["type", "[name=email]", "a@mugs.example"],
    ["click", ".newsletter-form-button"],
    ["seen", "[data-answered=sent]"],
    ["told", "sign_up"],
    ["click", ".sqs-add-to-cart-button[data-item-id='72a']"],
    ["seen", "[data-answered=refused]"],
    ["click", ".sqs-add-to-cart-button[data-item-id='71a']"],
    ["seen", "[data-answered=added]"],
    ["told", "add_to_cart"],
    ["click", ".product-list-item-link[href='/store/enamel-mug']"],
    ["at", "/store/enamel-mug"],
    ["told", "view_item"],
    ["click", ".sqs-add-to-cart-button"],
    ["seen", "[data-answered=added]"],
    ["told", "add_to_cart"],
    ["open", "/cart"],
    ["told", "view_cart"],
    ["click", ".cart-row-remove"],
    ["seen", "[data-answered=removed]"],
    ["told", "remove_from_cart"],
    ["click", ".cart-checkout-button"],
    ["at", "/commerce/goto-checkout"],
    ["open", "/checkout/order-confirmed?oid=9"],
    ["told", "purchase"],
  ],
  told: [
    ["generate_lead"],
    ["view_promotion"],
    [
      "view_item_list",
      { items: [MUG, { item_id: "72a", item_name: "Tin Cup", price: 12 }] },
    ],
    ["sign_up", { method: "newsletter" }],
    ["add_to_cart", MUGS],
    ["select_item", { items: [MUG] }],
    ["view_item", MUGS],
    ["add_to_cart", MUGS],
    ["view_cart", TOTAL],
    ["remove_from_cart", { items: [{ item_name: "Enamel Mug", price: 18.5 }] }],
    ["begin_checkout", TOTAL],
    ["purchase"],
  ],
};
