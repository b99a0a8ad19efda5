import assert from "node:assert/strict";
import { test } from "node:test";
import { conversions, shop } from "./journey.mjs";
import { flush, openStage, running } from "./stage.mjs";

/** Steps of the checkout and how many of the two visits took them. */
const FUNNEL = [
  ["Product viewed", 2],
  ["Added to cart", 2],
  ["Checkout begun", 1],
  ["Delivery chosen", 1],
  ["Payment chosen", 1],
  ["Purchase", 1],
];

/** On the tent's page: film on and off, heart, colour, cart, link, newsletter, and on to the cart. */
const CLICKS = 8;

test("the reports show the journey, and where another visitor left", async (t) => {
  const stage = await openStage(t);
  const buyer = await stage.visitor();
  await shop(buyer);
  await flush(buyer);
  await stage.arrived("purchase");
  await lookAtMug(await stage.visitor());
  await stage.arrived("add_to_cart", 2);
  const page = await stage.visitor();
  // A browser that a test drives says so, and is counted as a bot's.
  await page.goto("/reports/#live?bots=true");
  const report = page.getByRole("main");
  const open = (tab) => page.getByRole("link", { name: tab }).click();

  await t.test("the feed tells the purchase, and what comes in", async () => {
    await report.getByText("Purchase", { exact: true }).waitFor();
    await report.getByText("Live", { exact: true }).waitFor();
    await saveMug(await stage.visitor());
    const saved = report.getByText(/^Saved to wishlist – Enamel Mug/);
    await saved.waitFor();
  });

  await t.test("each micro-conversion is listed with its count", async () => {
    await open("Micro-conversions");
    await report.getByText(/^3 visits, 1 of them bought/).waitFor();
    const wanted = new Map();
    for (const [name] of conversions("")) {
      wanted.set(name, (wanted.get(name) ?? 0) + 1);
    }
    // The other two visitors.
    for (const name of ["view_item", "add_to_cart", "add_to_wishlist"]) {
      wanted.set(name, wanted.get(name) + 1);
    }
    for (const [name, times] of wanted) {
      const row = report.getByRole("row").filter({
        has: page.getByText(name, { exact: true }),
      });
      const [count] = await row.getByRole("cell").allInnerTexts();
      assert.equal(count, String(times), name);
    }
  });

  await t.test("the checkout shows how many took each step", async () => {
    await open("Checkout");
    const steps = report.locator(".funnel li");
    await steps.first().waitFor();
    const texts = await steps.allInnerTexts();
    assert.equal(texts.length, FUNNEL.length);
    FUNNEL.forEach(([step, visits], index) => {
      assert.match(texts[index], new RegExp(`${step}\\s+${visits} · `));
    });
    assert.match(texts[2], /1 left here/);
  });

  await t.test("the heatmap knows the clicks on the product page", async () => {
    await open("Heatmap");
    const pages = report.getByRole("combobox");
    await pages.waitFor();
    const texts = await pages.getByRole("option").allInnerTexts();
    assert.ok(
      texts.includes(`Brandon 2 Tent – Corrie · ${CLICKS} clicks`),
      texts.join("\n"),
    );
  });

  assert.deepEqual(page.faults, []);
});

async function lookAtMug(page) {
  await page.goto("/shop/product-enamel-mug.html");
  await running(page);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.close();
}

async function saveMug(page) {
  await page.goto("/shop/category.html");
  await running(page);
  await page.getByRole("button", { name: "Save Enamel Mug" }).click();
  await page.close();
}
