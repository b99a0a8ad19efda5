// A visit arrives at collectors of others in their own words, in every engine also what is told as the page is left.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../js/build/command.mjs";
import { shopByHand } from "./journey-by-hand.mjs";
import { openMock, putMock } from "./mocks.mjs";
import { spec } from "./spec.mjs";
import { bundle } from "./ways-in.mjs";
import { patiently } from "./eventually.mjs";
import { eventually, flush } from "./stage.mjs";

const BODY = `<button data-spoor="add_to_cart" data-spoor-item_id="A1" data-spoor-item_name="Lamp" data-spoor-price="19.90" data-spoor-currency="EUR">Buy</button>`;
/** What a collector calls what the visit has told. */
const WORDS = {
  segment: ["page", "Product Added", "left"],
  ndjson: ["page_view", "add_to_cart", "left"],
  posthog: ["$pageview", "Product Added", "left"],
  matomo: ["page_view", "add_to_cart", "left"],
  plausible: ["pageview", "add_to_cart", "left"],
  amplitude: ["[Amplitude] Page Viewed", "add_to_cart", "left"],
  mixpanel: ["$mp_web_page_view", "add_to_cart", "left"],
  snowplow: ["pv", "add_to_cart", "left"],
};

/** Opens a page, buys, and leaves with something untold. */
async function visit({ stage, open, page }, collector, more = {}) {
  stage.put("/one", { collector, ...more }, BODY);
  stage.put("/two", { collector, ...more }, "");
  await open("/one", page);
  await page.click("button");
  await flush(page);
  await page.evaluate(() => window.spoor.track("left", { n: 1 }));
  await open("/two", page);
}

/** Waits until a mock has each of what its collector calls so. */
const told = (mock) => {
  const has = (word) => mock.events.some(({ name }) => name === word);
  return eventually(`${WORDS[mock.name]} at ${mock.name}`, () =>
    WORDS[mock.name].every(has),
  );
};

/** Collectors that drop repeats by an id may get one: nobody hears what became of what was posted as its page was left. */
function assertOnce({ name, events }) {
  for (const word of WORDS[name].slice(1)) {
    const ids = events
      .filter((event) => event.name === word)
      .map(({ id }) => id);
    assert.equal(
      ids[0] ? new Set(ids).size : ids.length,
      1,
      `${name}: ${word}`,
    );
  }
}

/** Says that the mock has the visit, with the price of what was bought, and that no browser has asked it first. */
async function assertTold(mock, page) {
  await told(mock);
  assert.equal(mock.asked, 0, "a preflight");
  const bought = WORDS[mock.name][1];
  const { params } = mock.events.find(({ name }) => name === bought);
  assert.equal((params.items?.[0] ?? params).price, 19.9);
  assert.deepEqual(page.faults, []);
}

for (const name of ["segment", "ndjson", "amplitude"])
  spec(`a visit arrives at ${name}, unasked`, async (it) => {
    const mock = await openMock(it.t, name);
    await visit(it, mock.config);
    await assertTold(mock, it.page);
  });

spec(
  "a visit arrives at snowplow under the shop's own origin, as JSON and unasked",
  async (it) => {
    const mock = putMock(it.stage.front, "snowplow");
    await visit(it, { ...mock.config, url: "/sp" });
    await assertTold(mock, it.page);
    assert.deepEqual(
      [...new Set(mock.types.map((type) => type.toLowerCase()))],
      ["application/json; charset=utf-8"],
    );
  },
);

spec(
  "a visit arrives at snowplow on another origin, which is asked first",
  async (it) => {
    const mock = await openMock(it.t, "snowplow");
    await visit(it, mock.config);
    // What was told as the page was left may have to wait for the next one.
    await patiently(() => told(mock));
    assert.ok(mock.asked > 0);
    assertOnce(mock);
    assert.deepEqual(it.page.faults, []);
  },
);

spec("a collector that is imported gets the visit likewise", async (it) => {
  const mock = await openMock(it.t, "segment");
  const body = await bundle("dialect-entry.js");
  const { replaced } = it.stage.front;
  replaced.set("/spoor.js", { type: "text/javascript", body });
  await visit(it, mock.config);
  await told(mock);
  assert.equal(mock.asked, 0, "a preflight");
});

spec("before() changes and drops what the collector gets", async (it) => {
  const mock = await openMock(it.t, "segment");
  const body = await bundle("before-entry.js");
  const { replaced } = it.stage.front;
  replaced.set("/spoor.js", { type: "text/javascript", body });
  await visit(it, mock.config);
  await eventually("the last of it", () =>
    mock.events.some(({ name }) => name === "left"),
  );
  const names = mock.events.map(({ name }) => name);
  assert.ok(!names.includes("Product Added"), `${names}`);
  const { params } = mock.events.find(({ name }) => name === "left");
  assert.equal(params.seen, 1);
});

spec(
  "one visit arrives at five collectors at once, one of them down",
  async (it) => {
    const names = ["segment", "posthog", "matomo", "plausible", "mixpanel"];
    const mocks = [];
    for (const name of names) mocks.push(await openMock(it.t, name));
    const [down, ...up] = mocks;
    down.status = 503;
    await visit(
      it,
      mocks.map(({ config }) => config),
    );
    // Nine requests outlive a page: of five collectors, some get the last of it from the next page.
    for (const mock of up) await patiently(() => told(mock));
    for (const mock of mocks) assert.equal(mock.asked, 0, mock.name);
    assert.equal(down.events.length, 0);
    down.status = 200;
    await patiently(() => told(down));
    for (const mock of mocks) assertOnce(mock);
  },
);

/** What the steps of the demo journey are called by those that follow Segment's words, and by those that take GA4's. */
const SPEC_WORDS = [
  ...["Product Added to Wishlist", "Product Added", "Signed Up"],
  ...["Checkout Started", "Order Completed"],
];
const GA4_WORDS = ["add_to_wishlist", "add_to_cart", "sign_up", "purchase"];
const JOURNEY = {
  segment: SPEC_WORDS,
  posthog: SPEC_WORDS,
  matomo: GA4_WORDS,
  plausible: GA4_WORDS,
  mixpanel: GA4_WORDS,
};

spec("the demo journey arrives at five collectors at once", async (it) => {
  const { front } = it.stage;
  const mocks = [];
  for (const name of Object.keys(JOURNEY))
    mocks.push(await openMock(it.t, name));
  const list = JSON.stringify(mocks.map(({ config }) => config));
  const tracking = readFileSync(join(root, "www/shop/tracking.js"), "utf8");
  front.replaced.set("/shop/tracking.js", {
    type: "text/javascript",
    body: tracking.replace('"/collect"', list),
  });
  await shopByHand(it.page);
  await it.page.goto("/shop/thanks.html");
  for (const mock of mocks) {
    const idsOf = (word) =>
      mock.events.filter(({ name }) => name === word).map(({ id }) => id);
    await patiently(() =>
      eventually(`the journey at ${mock.name}`, () =>
        JOURNEY[mock.name].every((word) => idsOf(word).length > 0),
      ),
    );
    for (const word of JOURNEY[mock.name]) {
      const ids = idsOf(word);
      const count = ids[0] ? new Set(ids).size : ids.length;
      assert.equal(count, 1, `${mock.name}: ${word}`);
    }
    assert.equal(mock.asked, 0, `a preflight to ${mock.name}`);
  }
});
