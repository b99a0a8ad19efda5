// Snowplow drops what breaks its schemas: whatever the visitor does must keep to them. And what its own ecommerce plugin makes of GA4's
// events is what ours does, but for what is told here.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as plugin from "@snowplow/browser-plugin-snowplow-ecommerce";
import {
  buildLinkClick,
  buildSiteSearch,
  buildSocialInteraction,
  trackerCore,
} from "@snowplow/tracker-core";
import { decoded } from "./clients.mjs";
import { differences } from "./compare.mjs";
import { PAYLOAD, wrong, wrongWith } from "./iglu.mjs";
import { envelopeOf, EVENTS, requestsTo } from "./visit.mjs";

/** Returns what ours are, decoded. */
const told = (envelope) =>
  requestsTo("snowplow", envelope).requests.flatMap(({ body }) =>
    JSON.parse(body).data.map((payload) => ({
      payload,
      event: payload.ue_px && decoded(payload.ue_px).data,
      entities: decoded(payload.cx).data,
    })),
  );

/** Returns the visit with other parameters in each event. */
const visitWith = (params) => {
  const envelope = envelopeOf();
  for (const event of envelope.pages[0].events) event.params = params;
  return envelope;
};
const LONG = "x".repeat(300);

for (const [what, envelope] of Object.entries({
  "a whole visit": envelopeOf(),
  "events without parameters": visitWith(undefined),
  "items without facts": visitWith({ items: [{}, {}] }),
  "more fields than fit": visitWith({
    fields: Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [`${LONG}${n}`, { seconds: n }]),
    ),
    item_list_name: LONG,
  }),
}))
  test(`${what}: Snowplow's schemas are kept to`, () => {
    const all = told(envelope);
    assert.equal(all.length, Object.keys(EVENTS).length);
    for (const { payload, event, entities } of all) {
      const faults = [
        ...wrong(payload, PAYLOAD),
        ...[event, ...entities].filter(Boolean).flatMap(wrongWith),
      ];
      assert.deepEqual(faults, [], JSON.stringify(event ?? payload));
    }
  });

test("the campaign stands where Snowplow's enrichment reads it", () => {
  const [{ payload }] = told(envelopeOf(["page_view"]));
  const { origin, pathname, searchParams } = new URL(payload.url);
  assert.equal(origin + pathname, "https://shop.example/p/lamp");
  assert.equal(searchParams.get("utm_campaign"), "autumn");
  const direct = envelopeOf(["page_view"]);
  delete direct.session.source;
  assert.equal(told(direct)[0].payload.url, "https://shop.example/p/lamp");
});

/** What Snowplow's own code makes of the same events. */
const core = (() => {
  const sent = [];
  const core = trackerCore({
    base64: false,
    callback: (payload) => sent.push(payload.build()),
  });
  plugin.SnowplowEcommercePlugin().activateBrowserPlugin({ id: "t", core });
  const made = () => {
    const [{ ue_pr, co }] = sent.splice(0);
    const event = JSON.parse(ue_pr).data;
    return { event, entities: co ? JSON.parse(co).data : [] };
  };
  return { track: (event) => core.track(event), made };
})();
const step = (step) => ({ step });
const cart = { finalCartValue: 0 };
const CALLS = {
  view_item: (params) => plugin.trackGA4ViewItem(params),
  view_item_list: (params) => plugin.trackGA4ViewItemList(params),
  select_item: (params) => plugin.trackGA4SelectItem(params),
  add_to_cart: (params) => plugin.trackGA4AddToCart(params, cart),
  remove_from_cart: (params) => plugin.trackGA4RemoveFromCart(params, cart),
  begin_checkout: () => plugin.trackGA4BeginCheckout(),
  add_shipping_info: (params) =>
    plugin.trackGA4AddShippingInfo(params, step(2)),
  add_payment_info: (params) =>
    plugin.trackGA4AddPaymentOptions(params, step(3)),
  purchase: (params) => plugin.trackGA4Transaction(params, {}),
  view_promotion: (params) =>
    plugin.trackGA4ViewPromotion({ items: [], ...params }),
  select_promotion: (params) =>
    plugin.trackGA4SelectPromotion({ items: [], ...params }),
  search: ({ search_term }) =>
    core.track(buildSiteSearch({ terms: [search_term] })),
  click: ({ link_url }) => core.track(buildLinkClick({ targetUrl: link_url })),
  file_download: ({ link_url }) =>
    core.track(buildLinkClick({ targetUrl: link_url })),
  share: ({ method, item_id: target }) =>
    core.track(
      buildSocialInteraction({ action: "share", network: method, target }),
    ),
};

/** Why theirs is another, by event ("" for all) and path; entities by their names. */
const DIFFERENCES = {
  "-product.list_price": "spoor knows the price that is asked alone",
  "-cart": "the value of the whole cart is not known",
  "+product":
    "theirs attaches no products to the steps of a checkout; ours tells them",
  "+checkout_step.coupon_code": "theirs leaves it out",
  "+transaction.discount_code": "theirs leaves it out",
  "-promotion.product_ids": "theirs has an empty list",
  "~transaction.total_quantity":
    "an item that does not say how many is one, as GA4 has it",
};

test("each GA4 event is what Snowplow's own plugin makes of it, but for what is told", () => {
  const found = new Set();
  for (const [name, call] of Object.entries(CALLS)) {
    call(structuredClone(EVENTS[name]));
    const theirs = core.made();
    const [ours] = told(envelopeOf([name], false));
    assert.deepEqual(ours.event, theirs.event, name);
    const named = ({ entities }) => {
      const out = {};
      for (const { schema, data } of entities) {
        const of = schema.split("/")[1];
        if (of !== "web_page") (out[of] ??= []).push(data);
      }
      return out;
    };
    for (const path of differences(named(ours), named(theirs))) {
      const [entity, , field] = path.split(".");
      const whole =
        entity.slice(1) in named(ours) && entity.slice(1) in named(theirs);
      found.add(whole ? `${entity}.${field}` : entity);
    }
  }
  assert.deepEqual([...found].sort(), Object.keys(DIFFERENCES).sort());
});
