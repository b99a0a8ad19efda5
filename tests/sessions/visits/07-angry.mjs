// Somebody meets a page that does not work: a button that does nothing, hammered at the second time; one whose handler
// throws; and no idea where to go. In between, what works slowly, and reading with the pointer along the lines.
import { page } from "../truth.mjs";

export default {
  name: "angry",

  async visit({ page, open, linger }) {
    await open("/e2e/sessions/broken.html");
    // Reading along the lines, four of them.
    for (let line = 0; line < 4; line++) {
      for (const x of [40, 200, 400]) {
        await page.move(x, 80 + line * 20);
        await linger(0.15);
      }
    }
    await page.click("#works");
    await linger(1.2);
    await page.click("#slow");
    await linger(1.2);
    await page.click("#dead");
    await linger(1.5);
    for (let i = 0; i < 4; i++) await page.click("#dead");
    await linger(1.5);
    await page.click("#throws");
    await linger(1.5);
    for (let i = 0; i < 20; i++) {
      await page.move(i % 2 ? 300 : 700, 300 + (i % 3) * 60);
      await linger(0.04);
    }
    await linger(1);
  },

  truth: [
    ...page(
      "/e2e/sessions/broken.html",
      ["dead_click", { element: "#dead" }],
      ["rage_click", { element: "#dead" }],
      ["dead_click", { element: "#dead" }],
      ["error_click", { element: "#throws" }],
      ["thrashed_cursor"],
    ),
  ],
};
