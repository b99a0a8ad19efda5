// What arrives, and what must not, in the other engines. In Chromium, Playwright plays the same in the specs named there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engines } from "./engines.mjs";
import { assertEvents } from "./expect.mjs";
import { assertJourney } from "./journey.mjs";
import { shopByHand } from "./journey-by-hand.mjs";
import { assertNothingTyped } from "./secrets.mjs";
import { flush, openStage, running } from "./stage.mjs";
import { waysIn } from "./ways-in.mjs";

const MUG = { item_id: "CR-M1", item_name: "Enamel Mug", price: 18.5 };

/** What is done last on the home page, and what has to arrive of it: last-click.test.mjs. */
const lastClicks = [
  {
    what: "a marked-up link that leads away",
    last: (page) => page.click(".hero [data-spoor]"),
    arrives: [
      "select_promotion",
      { promotion_id: "winter-brandon", creative_slot: "hero" },
    ],
  },
  {
    what: "a link of a rule that leads away",
    last: (page) => page.click('[data-sku="CR-M1"] .card-link'),
    arrives: ["select_item", { value: 18.5, currency: "EUR", items: [MUG] }],
  },
  {
    what: "a click after which the tab is closed",
    async last(page) {
      await page.click('[data-sku="CR-M1"] [data-add-to-cart]');
      await page.close();
    },
    arrives: ["add_to_cart", { items: [{ ...MUG, quantity: 1 }] }],
  },
  {
    what: "a form that is sent before the tab is closed",
    async last(page) {
      await page.type("#newsletter-email", "a@b.example");
      await page.press("Enter");
      await page.close();
    },
    arrives: ["sign_up", { method: "newsletter" }],
  },
];

for (const engine of engines.filter(({ name }) => name !== "Chromium")) {
  for (const [way, takeIn] of Object.entries(waysIn)) {
    const spec = (what, play) =>
      test(`${engine.name}, ${way}: ${what}`, async (t) => {
        const stage = await openStage(t, { engine });
        await takeIn(stage);
        await play(stage, await stage.visitor());
      });

    // journey.test.mjs, privacy.test.mjs
    spec(
      "a journey arrives, and nothing that was typed",
      async (stage, page) => {
        await assertJourney(stage, page, shopByHand);
        await assertNothingTyped(stage, page);
        assert.deepEqual(page.faults, []);
        assert.deepEqual(page.said, []);
      },
    );

    for (const { what, last, arrives } of lastClicks) {
      spec(`${what} arrives`, async (stage, page) => {
        await page.goto("/shop/index.html");
        await running(page);
        await last(page);
        assertEvents(await stage.arrived(arrives[0]), [arrives]);
      });
    }

    // page.test.mjs
    spec(
      "a route shown without a load is one page view",
      async (stage, page) => {
        await page.goto("/e2e/routes.html");
        await running(page);
        const shown = (to) =>
          page.waitFor(
            (path) => document.querySelector("main").innerText === path,
            `/e2e/routes/${to}`,
          );
        await page.click('[data-push$="tents"]');
        await page.click('[data-push$="boots"]');
        await page.click("[data-replace]");
        await page.click('[href$="packs"]');
        await shown("packs");
        await page.click("[data-back]");
        await shown("boots");
        await flush(page);
        await stage.arrived("page_view", 5);
        const routes = ["tents", "boots", "packs", "boots"];
        assert.deepEqual(
          (await stage.events())
            .filter(({ name }) => name === "page_view")
            .map(({ path }) => path),
          ["/e2e/routes.html", ...routes.map((to) => `/e2e/routes/${to}`)],
        );
      },
    );

    spec(
      "a click within an open shadow root is seen, with its item",
      async (stage, page) => {
        await page.goto("/e2e/shadow.html");
        await page.click("shop-card >>> button");
        await flush(page);
        const items = [{ ...MUG, quantity: 1 }];
        assertEvents(await stage.arrived("add_to_cart"), [
          ["add_to_cart", { currency: "EUR", value: 18.5, items }],
        ]);
      },
    );
  }

  test(`${engine.name}: scrolling to the end and back tells each depth once`, async (t) => {
    const stage = await openStage(t, { engine });
    const page = await stage.visitor();
    await page.goto("/shop/index.html");
    await running(page);
    const whole = await page.evaluate(
      () => document.documentElement.scrollHeight,
    );
    for (const pixels of [whole, -whole, whole]) await page.scroll(pixels);
    await flush(page);
    await stage.arrived("scroll", 4);
    const depths = (await stage.events()).filter(
      ({ name }) => name === "scroll",
    );
    assert.deepEqual(
      depths.map(({ params }) => params.percent_scrolled),
      [25, 50, 75, 90],
    );
  });
}
