import { test } from "node:test";
import { shop } from "./journey.mjs";
import { assertNothingTyped } from "./secrets.mjs";
import { flush, openStage } from "./stage.mjs";
import { waysIn } from "./ways-in.mjs";

for (const [name, takeIn] of Object.entries(waysIn)) {
  test(`${name}: nothing that was typed or chosen in a field leaves the page`, async (t) => {
    const stage = await openStage(t);
    await takeIn(stage);
    const page = await stage.visitor();
    await shop(page);
    await flush(page);
    await stage.arrived("purchase");
    await assertNothingTyped(stage, page);
  });
}
