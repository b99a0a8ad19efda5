import assert from "node:assert/strict";
import { test } from "node:test";
import { assertJourney, shop } from "./journey.mjs";
import { openStage } from "./stage.mjs";
import { waysIn } from "./ways-in.mjs";

for (const [name, takeIn] of Object.entries(waysIn)) {
  test(`${name}: a whole journey arrives, each conversion once and in order`, async (t) => {
    const stage = await openStage(t);
    await takeIn(stage);
    const page = await stage.visitor();

    await assertJourney(stage, page, shop);
    assert.deepEqual(page.faults, []);
    assert.deepEqual(page.said, []);
  });
}
