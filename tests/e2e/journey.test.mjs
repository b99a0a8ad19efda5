import assert from "node:assert/strict";
import { test } from "node:test";
import { assertEvents, assertNoRepeats } from "./expect.mjs";
import { conversions, pagesSeen, shop } from "./journey.mjs";
import { flush, openStage } from "./stage.mjs";
import { waysIn } from "./ways-in.mjs";

/** Scrolling depends on how far Playwright has to scroll to reach a button: its spec is in page.test.mjs. */
const BESIDES = ["page_view", "scroll"];

for (const [name, takeIn] of Object.entries(waysIn)) {
  test(`${name}: a whole journey arrives, each conversion once and in order`, async (t) => {
    const stage = await openStage(t);
    await takeIn(stage);
    const page = await stage.visitor();

    const order = await shop(page);
    await stage.arrived("purchase");
    await page.reload();
    await flush(page);
    await stage.arrived("page_view", pagesSeen.length + 1);

    const events = await stage.events();
    const steps = events.filter((event) => !BESIDES.includes(event.name));
    const views = events.filter((event) => event.name === "page_view");
    assertEvents(steps, conversions(order));
    assertNoRepeats(events);
    const seen = [...pagesSeen, "/shop/thanks.html"];
    assert.deepEqual(
      views.map(({ path }) => path),
      seen,
    );
    for (const key of ["session_id", "visitor_id"]) {
      assert.equal(new Set(events.map((event) => event[key])).size, 1, key);
    }
    assert.deepEqual(page.faults, []);
    assert.deepEqual(page.said, []);
  });
}
