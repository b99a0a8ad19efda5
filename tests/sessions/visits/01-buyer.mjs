// Somebody buys a tent, not without second thoughts: takes the wish back, steps the quantity up, forgets the address first,
// and looks at the thank-you page twice.
import { WHOLE, page, saw, step } from "../truth.mjs";

const TENT = { item_id: "CR-T2", item_name: "Brandon 2 Tent", price: 1299 };
const ONE = { value: 1299, currency: "EUR" };
const SEVEN = { value: 9093, currency: "EUR" };
const MORE = '[data-step="1"]';

export default {
  name: "buyer",

  async visit({ page, open, at, linger }) {
    await open("/shop/index.html");
    await linger(2);
    await page.click('.site-header [href="category.html"]');
    await at("/shop/category.html");
    await linger(2);
    await page.click('[data-sku="CR-T2"] .card-link');
    await at("/shop/product-brandon-tent.html");
    await page.click(".product [data-wishlist]");
    await linger(1);
    await page.click(".product [data-wishlist]");
    await page.click('.options [value="Moss"]');
    await page.click(".product [data-add-to-cart]");
    await linger(0.6);
    await page.click('.shortcuts [href="cart.html"]');
    await at("/shop/cart.html");
    for (let i = 0; i < 6; i++) await page.click(MORE);
    await linger(1.2);
    await page.click("[data-checkout]");
    await at("/shop/checkout.html");
    // Nobody clicks before the page has come to rest; what was scrolled before spoor runs is not told.
    await linger(1);
    // All fields are empty yet: the browser keeps the form.
    await page.click("#contact [type=submit]");
    await page.type("#email", "a@b.example");
    await page.type("#name", "Ann");
    await page.type("#street", "Hill 1");
    await page.type("#postcode", "V93");
    await page.type("#town", "Kenmare");
    await linger(1);
    await page.press("Enter");
    await at("/shop/checkout-shipping.html");
    await linger(1.2);
    await page.click('.choice:has([value="express"])');
    await page.click("#shipping [type=submit]");
    await at("/shop/checkout-payment.html");
    await page.type("#card-name", "Ann");
    await page.type("#card-number", "4111");
    await page.type("#card-expiry", "12/30");
    await page.type("#card-code", "123");
    await linger(1);
    await page.click("#payment [type=submit]");
    await at("/shop/thanks.html");
    await linger(1.5);
    await page.reload();
    await at("/shop/thanks.html");
    await linger(1.5);
  },

  truth: [
    ...page("/shop/index.html", [
      "view_promotion",
      { promotion_id: "winter-brandon", creative_slot: "hero" },
    ]),
    ...page("/shop/category.html", ...saw("CR-T2", "CR-P45", "CR-J1"), [
      "select_item",
      { ...ONE, items: [TENT] },
    ]),
    ...page(
      "/shop/product-brandon-tent.html",
      ["view_item", { ...ONE, items: [TENT] }],
      ["add_to_wishlist", { ...ONE, items: [TENT] }],
      ["remove_from_wishlist", { ...ONE, items: [TENT] }],
      ["add_to_cart", { ...ONE, items: [{ ...TENT, item_variant: "Moss" }] }],
      step("add_to_cart", { step_index: 1 }),
    ),
    ...page(
      "/shop/cart.html",
      ["view_cart", ONE],
      ["begin_checkout", SEVEN],
      step("begin_checkout", { step_index: 2 }),
      ["large_cart", { value: 20 }],
    ),
    ...page(
      "/shop/checkout.html",
      ...WHOLE,
      ["form_start", { form_name: "contact", first_field_name: "email" }],
      ["form_submit", { form_name: "contact", last_field: "town" }],
    ),
    ...page(
      "/shop/checkout-shipping.html",
      ["form_start", { form_name: "shipping" }],
      ["form_submit", { form_name: "shipping" }],
      ["add_shipping_info"],
      step("add_shipping_info", { step_index: 3 }),
    ),
    ...page(
      "/shop/checkout-payment.html",
      ...WHOLE,
      ["form_start", { form_name: "payment", first_field_name: "card-name" }],
      ["form_submit", { form_name: "payment", last_field: "card-code" }],
      ["add_payment_info"],
      step("add_payment_info", { step_index: 4 }),
    ),
    ...page(
      "/shop/thanks.html",
      ["purchase", { ...SEVEN, shipping: 14.9 }],
      step("purchase", { step_index: 5 }),
    ),
    ...page("/shop/thanks.html"),
  ],
};
