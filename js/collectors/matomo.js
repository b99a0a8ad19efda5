// Matomo's bulk tracking, /matomo.php, which takes any content type. Goals by `goals: { sign_up: 3 }`; a purchase is an ecommerce order, a
// full cart a cart update, a viewed product its item view; all else is an event. Matomo has no dedupe id. A `cdt` older than a day
// needs a token, which does not belong into a page. <https://developer.matomo.org/api-reference/tracking-api>
//
// Against matomo-tracker, for the same requests:
//   send_image           0: no picture is wanted
// @ts-check
import { granted, speaking } from "./common.js";

const event = {
  ca: 1,
  e_c: "spoor",
  e_a: "$name",
  e_n: {
    $or: [
      "$params.items.0.item_name",
      "$params.method",
      "$params.element",
      "$params.step_name",
      "$page.path",
    ],
  },
  e_v: "$params.value",
};
const content = {
  c_n: { $or: ["$params.promotion_name", "$params.promotion_id", "promotion"] },
  c_p: "$params.creative_name",
};
const viewed = {
  action_name: { $or: ["$page.title", "$page.path"] },
  _pks: "$params.items.0.item_id",
  _pkn: "$params.items.0.item_name",
  _pkc: "$params.items.0.item_category",
  _pkp: "$params.items.0.price",
};
const cart = {
  idgoal: 0,
  revenue: { $or: ["$params.value", 0] },
  ec_items: {
    $json: {
      $each: [
        "$params.items",
        [
          { $or: ["$it.item_id", ""] },
          { $or: ["$it.item_name", ""] },
          { $or: ["$it.item_category", ""] },
          { $or: ["$it.price", 0] },
          { $or: ["$it.quantity", 1] },
        ],
      ],
    },
  },
};
const document = {
  name: "matomo",
  once: true,
  needs: ["url", "site_id"],
  url: { $text: ["$option.url", "/matomo.php"] },
  most: { events: 50, bytes: 60_000, text: 255 },
  event: {
    $text: [
      "?",
      {
        $query: {
          idsite: "$option.site_id",
          rec: 1,
          apiv: 1,
          _id: { $if: [granted, { $hex: ["$visitor", 16] }] },
          uid: "$user",
          cdt: { $s: "$time" },
          url: "$page.url",
          urlref: "$page.referrer",
          res: { $text: ["$page.viewport.0", "x", "$page.viewport.1"] },
          lang: "$page.language",
          pv_id: { $hex: ["$page.id", 6] },
          rand: "$id",
          _rcn: "$session.source.utm_campaign",
          _rck: "$session.source.utm_term",
          "...": [
            {
              $case: [
                "$name",
                {
                  page_view: {
                    action_name: { $or: ["$page.title", "$page.path"] },
                  },
                  search: { search: { $or: ["$params.search_term", "?"] } },
                  click: { link: "$params.link_url", url: "$params.link_url" },
                  file_download: {
                    download: "$params.link_url",
                    url: "$params.link_url",
                  },
                  view_promotion: content,
                  select_promotion: { ...content, c_i: "click" },
                  user_engagement: { ping: 1 },
                  view_item: viewed,
                  view_cart: cart,
                  purchase: {
                    ...cart,
                    ec_id: { $or: ["$params.transaction_id", "$id"] },
                    ec_tx: "$params.tax",
                    ec_sh: "$params.shipping",
                    ec_dt: "$params.discount",
                  },
                },
                event,
              ],
            },
            {
              $if: [
                { $case: ["$name", "$option.goals"] },
                {
                  idgoal: { $case: ["$name", "$option.goals"] },
                  revenue: "$params.value",
                },
              ],
            },
          ],
        },
      },
    ],
  },
  body: { requests: "$events", send_image: 0 },
};
export default document;

export const matomo = speaking(document);
