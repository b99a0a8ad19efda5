// Somebody with restless fingers on a product's page: leafs through the pictures, selects a sentence, double-clicks the
// button, opens the washing notes, tries the sizes that are sold out, steps the amount up and down, and puts a wish on and off.
import { page } from "../truth.mjs";

const CUP = { item_id: "TC-1", item_name: "Tin Cup", price: 12 };
const ONE = { value: 12, currency: "EUR", items: [CUP] };

export default {
  name: "fidget",

  async visit({ page, open, linger }) {
    await open("/e2e/sessions/gallery.html");
    await linger(1);
    for (let i = 0; i < 5; i++) await page.click('[data-turn="1"]');
    for (let i = 0; i < 3; i++) await page.click('[data-turn="-1"]');
    await page.click("#text", 3);
    await linger(0.4);
    await page.click("summary");
    await linger(1);
    for (const size of ["small", "large"]) {
      const { x, y } = await page.evaluate((size) => {
        const box = document
          .querySelector(`[data-size=${size}]`)
          .getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }, size);
      for (let i = 0; i < 2; i++) await page.clickAt(x, y);
      // So long that nothing comes of it.
      await linger(1.2);
    }
    for (let i = 0; i < 6; i++) await page.click('[data-step="1"]');
    for (let i = 0; i < 4; i++) await page.click('[data-step="-1"]');
    await page.click("[data-buy]", 2);
    await linger(1);
    await page.click("[data-wish]");
    await linger(0.6);
    await page.click("[data-wish]");
    await linger(1.2);
  },

  truth: [
    ...page(
      "/e2e/sessions/gallery.html",
      ["view_item", ONE],
      ["add_to_cart", ONE],
      ["add_to_wishlist", ONE],
      ["remove_from_wishlist", ONE],
    ),
  ],
};
