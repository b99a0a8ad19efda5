import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openShop, play } from "./presets/visit.mjs";
import { eventually, flush, openStage, running } from "./stage.mjs";

const SHOPS = join(import.meta.dirname, "presets");
/** What every page tells, whoever runs the shop: of these the specs of behaviour speak. */
const BEHAVIOUR =
  /^(page_view|session_start|first_visit|scroll|user_engagement|form_\w+|click|funnel_step|checkout_abandon|quick_back)$/;

const files = readdirSync(SHOPS).filter((file) => file !== "visit.mjs");
const shops = await Promise.all(
  files.map(async (file) => (await import(join(SHOPS, file))).default),
);

for (const shop of shops) {
  test(`${shop.preset}: a visit tells each step once, with its item, and nothing else`, async (t) => {
    const stage = await openStage(t);
    openShop(stage, shop);
    const page = await stage.visitor();
    await play(page, stage, shop.steps);
    await page.goto("about:blank");
    const conversions = async () =>
      (await stage.events()).filter(({ name }) => !BEHAVIOUR.test(name));
    await eventually("the last of the visit", async () => {
      const names = (await conversions()).map(({ name }) => name);
      return shop.told.every(([name]) => names.includes(name));
    }).catch(() => {});
    assertTold(together(await conversions()), shop.told);
    assert.deepEqual(page.faults, []);
  });
}

test("auto picks the preset of each shop's pages", async (t) => {
  const stage = await openStage(t);
  const page = await stage.visitor();
  for (const shop of shops) {
    openShop(stage, shop, "auto");
    for (const path of Object.keys(shop.pages)) {
      await page.goto(path);
      await running(page);
      const { preset } = await page.evaluate(() => spoor.status());
      assert.equal(preset, shop.preset, path);
    }
  }
});

/** Cards that came into view at one moment are told in one event or in two, as the clock has it. */
function together(events) {
  const out = [];
  for (const event of events) {
    const list = out.find(
      ({ name, page_id }) =>
        name === "view_item_list" && page_id === event.page_id,
    );
    if (list && event.name === list.name)
      list.params.items.push(...event.params.items);
    else out.push(event);
  }
  return out;
}

/**
 * Asserts that what was told is what was expected: as often, and under each name in that order. What is seen for a while
 * and what is clicked meanwhile have no order between them.
 */
function assertTold(events, expected) {
  const counts = (list) =>
    Object.fromEntries(
      list
        .toSorted()
        .map((name) => [name, list.filter((n) => n === name).length]),
    );
  assert.deepEqual(
    counts(events.map(({ name }) => name)),
    counts(expected.map(([name]) => name)),
  );
  for (const name of new Set(expected.map(([name]) => name))) {
    const wanted = expected.filter(([of]) => of === name);
    events
      .filter((event) => event.name === name)
      .forEach(({ params }, index) => {
        const [, facts = {}] = wanted[index];
        const what = `${name}, number ${index + 1}`;
        assert.deepEqual(part(params ?? {}, facts), facts, what);
      });
  }
}

/** What `found` says of what `wanted` names, to any depth. */
function part(found, wanted) {
  if (!wanted || typeof wanted !== "object") return found;
  if (!found || typeof found !== "object") return found;
  if (Array.isArray(wanted)) {
    const parts = Array.from(found, (item, i) => part(item, wanted[i]));
    return parts;
  }
  return Object.fromEntries(
    Object.keys(wanted).map((key) => [key, part(found[key], wanted[key])]),
  );
}
