// Somebody looks around: reads the home page up and down, searches, opens the wrong product and is back at once, then finds
// the right one and reads on.
import { down, page, saw } from "../truth.mjs";

const JACKET = { item_id: "CR-J1", price: 329 };
const MUG = { item_id: "CR-M1", price: 18.5 };

export default {
  name: "looker",

  async visit({ page, open, at, linger }) {
    await open("/shop/index.html");
    await linger(1.5);
    await page.scroll(700);
    await linger(1.5);
    await page.scroll(600);
    await linger(0.3);
    await page.scroll(-600);
    await linger(0.3);
    await page.scroll(600);
    await linger(1.5);
    await page.type("#q", "mug");
    await page.press("Enter");
    await at("/shop/category.html?q=mug");
    await linger(1.6);
    await page.click('.site-header [href="category.html"]');
    await at("/shop/category.html");
    await linger(1.6);
    await page.click('[data-sku="CR-J1"] .card-link');
    await at("/shop/product-skellig-jacket.html");
    await linger(1.5);
    await page.back();
    await at("/shop/category.html");
    await linger(1.6);
    await page.click('[data-sku="CR-M1"] .card-link');
    await at("/shop/product-enamel-mug.html");
    await linger(2);
  },

  truth: [
    ...page(
      "/shop/index.html",
      ...down(50),
      ...saw("CR-T2", "CR-J1", "CR-P45", "CR-M1"),
      ["view_promotion", { promotion_id: "winter-brandon" }],
    ),
    // What was searched for is nobody's business.
    ...page("/shop/category.html", ["search"], ...saw("CR-M1")),
    ...page("/shop/category.html", ...saw("CR-T2", "CR-P45", "CR-J1"), [
      "select_item",
      { items: [JACKET] },
    ]),
    ...page("/shop/product-skellig-jacket.html", [
      "view_item",
      { items: [JACKET] },
    ]),
    ...page(
      "/shop/category.html",
      ["quick_back"],
      ...saw("CR-T2", "CR-P45", "CR-J1"),
      // The mug stands far down.
      ...down(75),
      ["select_item", { items: [MUG] }],
    ),
    ...page("/shop/product-enamel-mug.html", ["view_item", { items: [MUG] }]),
  ],
};
