import assert from "node:assert/strict";
import { test } from "node:test";
import { assertEvents } from "./expect.mjs";
import { eventually, flush, openStage, running } from "./stage.mjs";
import { waysIn } from "./ways-in.mjs";

const named = (events, name) => events.filter((event) => event.name === name);

for (const [name, takeIn] of Object.entries(waysIn)) {
  test(`${name}: a route shown without a load is one page view`, async (t) => {
    const stage = await openStage(t);
    await takeIn(stage);
    const page = await stage.visitor();
    await page.goto("/e2e/routes.html");
    await running(page);
    const press = (label) => page.getByText(label, { exact: true }).click();
    const shown = (path) =>
      page.locator("main").getByText(`/e2e/routes/${path}`).waitFor();
    await press("Tents");
    await press("Boots");
    await press("Same again");
    await press("Packs");
    await shown("packs");
    await press("Back");
    await shown("boots");

    await flush(page);
    await stage.arrived("page_view", 5);
    const views = named(await stage.events(), "page_view");
    assert.deepEqual(
      views.map(({ path }) => path),
      [
        "/e2e/routes.html",
        ...["tents", "boots", "packs", "boots"].map(
          (to) => `/e2e/routes/${to}`,
        ),
      ],
    );
  });

  test(`${name}: a click within an open shadow root is seen, with its item`, async (t) => {
    const stage = await openStage(t);
    await takeIn(stage);
    const page = await stage.visitor();
    await page.goto("/e2e/shadow.html");
    await page.getByRole("button", { name: "Add to cart" }).click();
    const item = { item_id: "CR-M1", item_name: "Enamel Mug", price: 18.5 };
    await flush(page);
    assertEvents(await stage.arrived("add_to_cart"), [
      [
        "add_to_cart",
        { currency: "EUR", value: 18.5, items: [{ ...item, quantity: 1 }] },
      ],
    ]);
  });
}

test("scrolling to the end and back tells each depth once", async (t) => {
  const stage = await openStage(t);
  const page = await stage.visitor();
  await page.goto("/shop/index.html");
  await running(page);
  for (const key of ["End", "Home", "End"]) await scroll(page, key);
  await flush(page);
  await stage.arrived("scroll", 4);
  const depths = named(await stage.events(), "scroll");
  assert.deepEqual(
    depths.map(({ params }) => params.percent_scrolled),
    [25, 50, 75, 90],
  );
});

/** Presses the key until the page is there: a press during the last scroll's animation is swallowed. */
const scroll = (page, key) =>
  eventually(`${key} of the page`, async () => {
    await page.keyboard.press(key);
    const { top, left } = await page.evaluate(() => ({
      top: scrollY,
      left: document.documentElement.scrollHeight - innerHeight - scrollY,
    }));
    return key === "End" ? left < 1 : top === 0;
  });
