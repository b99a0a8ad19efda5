// Somebody reads the journal: takes the plan, opens one link in a new tab and another to the maker, sends it to a friend,
// passes a banner on the way to the end, comes back to it, and follows it.
import { WHOLE, page } from "../truth.mjs";

const CUPS = { promotion_id: "cups", promotion_name: "Cups for all" };
const LETTERS = "/e2e/sessions/letters.html";
const JOURNAL = "/e2e/sessions/journal.html";

export default {
  name: "reader",

  answer({ path }) {
    if (!path.endsWith(".pdf")) return;
    return { type: "application/octet-stream", body: "%PDF" };
  },

  async visit({ page, open, at, linger }) {
    await open(JOURNAL);
    await page.click("#plan");
    await linger(1.2);
    await page.click("#plain");
    await linger(2);
    await page.click("#maker");
    await linger(1.2);
    await page.click("#chat");
    await linger(1.2);
    // Past the banner, without a stop, to the end.
    await page.scroll(2000);
    await page.scroll(2500);
    await linger(1.5);
    await page.scroll(-2200);
    await linger(1.6);
    await page.click(".banner");
    await at("/e2e/sessions/gallery.html");
    await linger(1.5);
  },

  truth: [
    ...page(
      JOURNAL,
      [
        "file_download",
        {
          file_extension: "pdf",
          file_name: "/e2e/sessions/files/tent-plan.pdf",
        },
      ],
      ["click", { outbound: true, link_domain: "maker.example" }],
      ["share", { method: "whatsapp" }],
      ...WHOLE,
      ["view_promotion", CUPS],
      ["select_promotion", CUPS],
    ),
    ...page("/e2e/sessions/gallery.html", ["view_item"]),
    // In the tab behind, which stays open.
    ["page_view", { path: LETTERS }],
  ],
};
