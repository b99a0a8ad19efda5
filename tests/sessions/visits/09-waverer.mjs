// Somebody wavers at the checkout: fills in half of the address, closes the tab, comes back by a bookmark, and buys after all.
import { WHOLE, page, step } from "../truth.mjs";

const MUG = { item_id: "CR-M1", item_name: "Enamel Mug", price: 18.5 };
const ONE = { value: 18.5, currency: "EUR" };

export default {
  name: "waverer",

  async visit({ page, stage, open, at, linger }) {
    await open("/shop/product-enamel-mug.html");
    await linger(1.2);
    await page.click(".product [data-add-to-cart]");
    await linger(1);
    // The cart, in a tab of its own.
    const cart = await page.newTab();
    await open("/shop/cart.html", cart);
    await linger(1.2);
    await cart.click("[data-checkout]");
    await at("/shop/checkout.html", cart);
    await cart.type("#email", "ann@hill.example");
    await cart.type("#phone", "1");
    await linger(1.2);
    await cart.close();
    await stage.arrived("checkout_abandon");
    await linger(1.5);
    const again = await page.newTab();
    await open("/shop/checkout.html", again);
    for (const [field, text] of [
      ["email", "ann@hill.example"],
      ["name", "Ann"],
      ["street", "Hill 1"],
      ["postcode", "V93"],
      ["town", "Kenmare"],
    ])
      await again.type(`#${field}`, text);
    await linger(1);
    await again.click("#contact [type=submit]");
    await at("/shop/checkout-shipping.html", again);
    await linger(1.2);
    await again.click("#shipping [type=submit]");
    await at("/shop/checkout-payment.html", again);
    for (const field of ["name", "number", "expiry", "code"])
      await again.type(`#card-${field}`, "12");
    await linger(1);
    await again.click("#payment [type=submit]");
    await at("/shop/thanks.html", again);
    await linger(1.5);
    await again.close();
  },

  truth: [
    ...page(
      "/shop/product-enamel-mug.html",
      ["view_item", { ...ONE, items: [MUG] }],
      ["add_to_cart", { ...ONE, items: [MUG] }],
      step("add_to_cart", { step_index: 1 }),
    ),
    ...page(
      "/shop/cart.html",
      ["view_cart", ONE],
      ["begin_checkout", ONE],
      step("begin_checkout", { step_index: 2 }),
    ),
    ...page(
      "/shop/checkout.html",
      ["form_start", { form_name: "contact", first_field_name: "email" }],
      ["form_abandon", { form_name: "contact", last_field: "phone" }],
      [
        "checkout_abandon",
        {
          funnel_name: "checkout",
          last_step: "begin_checkout",
          step_index: 2,
          last_field: "phone",
          reason: "left",
        },
      ],
    ),
    ...page(
      "/shop/checkout.html",
      ...WHOLE,
      ["form_start", { form_name: "contact", first_field_name: "email" }],
      ["form_submit", { form_name: "contact", last_field: "town" }],
    ),
    ...page(
      "/shop/checkout-shipping.html",
      // Standard was chosen already.
      ["form_submit", { form_name: "shipping" }],
      ["add_shipping_info"],
      step("add_shipping_info", { step_index: 3, resumed: true }),
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
      ["purchase", { ...ONE, shipping: 6.9, items: [MUG] }],
      step("purchase", { step_index: 5 }),
    ),
  ],
};
