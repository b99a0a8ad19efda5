// Somebody in a shop of one document, whose routes come without a load: looks at the list, opens the lamp and is back at
// once, saves it, thinks better of it, reads the sizes, and buys.
import { page, saw } from "../truth.mjs";

const APP = "/e2e/sessions/app";
const LAMP = { item_id: "L-1", item_name: "Lamp", price: 59 };
const BLANKET = { item_id: "B-1", item_name: "Blanket", price: 80 };

export default {
  name: "router",

  async visit({ page, open, linger }) {
    const shown = (name) =>
      page.waitFor((name) => location.pathname.endsWith(name), name);
    await open("/e2e/sessions/app.html");
    await linger(1.2);
    await page.click("nav [href$=list]");
    await shown("list");
    await linger(1.8);
    await page.click("[data-product-id=L-1] .name");
    await shown("lamp");
    await linger(1.5);
    await page.back();
    await shown("list");
    await linger(1.8);
    await page.click("[data-product-id=B-1] [data-wish]");
    await linger(0.8);
    await page.click("[data-product-id=B-1] [data-wish]");
    await page.click("nav [href$=sizes]");
    await shown("sizes");
    await linger(1.5);
    await page.click("nav [href$=lamp]");
    await shown("lamp");
    await linger(1.2);
    await page.click("[data-buy]");
    await linger(1.2);
  },

  truth: [
    ...page("/e2e/sessions/app.html"),
    ...page(`${APP}/list`, ...saw("L-1", "B-1"), [
      "select_item",
      { items: [LAMP] },
    ]),
    ...page(`${APP}/lamp`, ["view_item", { items: [LAMP] }]),
    ...page(
      `${APP}/list`,
      ["quick_back"],
      ...saw("L-1", "B-1"),
      ["add_to_wishlist", { items: [BLANKET] }],
      ["remove_from_wishlist", { items: [BLANKET] }],
    ),
    ...page(`${APP}/sizes`, ["size_guide_read"]),
    ...page(
      `${APP}/lamp`,
      ["view_item", { items: [LAMP] }],
      ["add_to_cart", { value: 59, currency: "EUR", items: [LAMP] }],
    ),
  ],
};
