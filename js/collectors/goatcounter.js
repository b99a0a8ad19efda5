// GoatCounter's /count, one event each, all in the address; a post is what its own script's beacon makes. Neither items nor dedupe id
// nor place for points. <https://www.goatcounter.com/help/pixel>
// @ts-check
import { speaking } from "./common.js";

const document = {
  name: "goatcounter",
  once: true,
  needs: ["url"],
  url: { $text: ["$option.url", "/count?", { $query: "$event" }] },
  most: { events: 1, bytes: 8000, text: 200 },
  event: {
    p: {
      $case: [
        "$name",
        { page_view: "$page.path" },
        {
          $text: [
            "$name",
            { $or: [{ $text: ["-", "$params.items.0.item_id"] }, ""] },
          ],
        },
      ],
    },
    t: "$page.title",
    r: { $or: ["$page.referrer", "$session.source.referrer"] },
    e: { $case: ["$name", { page_view: "$none" }, "true"] },
    s: { $text: ["$page.viewport.0", ",", "$page.viewport.1", ",1"] },
    q: { $query: "$session.source" },
    b: { $if: ["$session.bot", 150, 0] },
    rnd: "$id",
  },
  body: "",
};
export default document;

export const goatcounter = speaking(document);
