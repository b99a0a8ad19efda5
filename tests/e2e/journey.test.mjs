import assert from "node:assert/strict";
import { test } from "node:test";
import { assertJourney, pagesSeen, shop } from "./journey.mjs";
import { flush, openStage } from "./stage.mjs";
import { waysIn } from "./ways-in.mjs";

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

    assertJourney(await stage.events(), order);
    assert.deepEqual(page.faults, []);
    assert.deepEqual(page.said, []);
  });
}
