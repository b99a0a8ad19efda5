// Plausible's /api/event, one event each, as text. Money goes as `$` by its revenue goals; parameters as props. It has neither dedupe
// id nor items nor a place for points, and tells visitors by itself. The campaign stands in the query of `u`.
// <https://plausible.io/docs/events-api>
//
// Against @plausible-analytics/tracker, for the same event:
//   v                    not sent: the version of its script
// @ts-check
import { address, speaking } from "./common.js";

const document = {
  name: "plausible",
  once: true,
  needs: ["url"],
  url: { $text: ["$option.url", "/api/event"] },
  most: { events: 1, bytes: 60_000, keys: 30, name: 120, text: 2000 },
  event: {
    n: { $case: ["$name", { page_view: "pageview" }, "$name"] },
    u: address,
    d: { $or: ["$option.domain", "$page.hostname"] },
    r: { $or: ["$page.referrer", "$session.source.referrer"] },
    i: {
      $case: [
        "$name",
        {
          scroll: false,
          user_engagement: false,
          view_promotion: false,
          view_item_list: false,
        },
      ],
    },
    p: { $flat: "$params" },
    $$: {
      $if: [
        "$params.currency",
        { currency: "$params.currency", amount: "$params.value" },
      ],
    },
  },
  body: "$event",
};
export default document;

export const plausible = speaking(document);
