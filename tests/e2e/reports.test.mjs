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

/** What each view of that page says of this visit. */
const VIEWS = [
  ["Moves", /^\d+ moves? in|^No moves yet/],
  ["Hover", /^\d+ stays? in|^No stays yet/],
  ["Rage clicks", "No rage clicks yet on this page"],
  ["Dead clicks", /^\d+ dead clicks? in|^No dead clicks yet/],
  ["Attention", "What visitors look at, in 1 view"],
  ["Scroll", "How far visitors come, in 1 view"],
];
const RATE = "100% of visitors clicked this, 100% of them bought";

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
    const pages = report.getByRole("combobox", { name: /^Page/ });
    await pages.waitFor();
    const texts = await pages.getByRole("option").allInnerTexts();
    assert.ok(
      texts.includes(`Brandon 2 Tent – Corrie · ${CLICKS} clicks`),
      texts.join("\n"),
    );
  });

  await t.test("each view of the page is drawn, or says why not", async () => {
    for (const [kind, said] of VIEWS) {
      await report.getByLabel(kind, { exact: true }).check();
      await report.getByText(said).first().waitFor();
    }
  });

  await t.test("an element tells who clicked it, and who bought", async () => {
    await report.getByLabel("Clicks", { exact: true }).check();
    const cart = report
      .getByRole("listitem")
      .filter({ hasText: "Add to cart" });
    await cart.getByText(RATE).waitFor();
  });

  await t.test("who bought is compared with who did not", async () => {
    await report.getByText("Visitors and comparison").click();
    await report.getByLabel("Compare with").selectOption("converted");
    await report.getByRole("heading", { name: /^Who bought/ }).waitFor();
    await report.getByLabel("Difference").check();
    await report.getByText("too few visitors to tell").first().waitFor();
    assert.match(page.url(), /compare=converted&.*show=difference/);
  });

  await t.test("picture and table are saved", async () => {
    await report.getByText("Save, page shown, live page").click();
    for (const [button, ending] of [
      ["PNG on white", ".png"],
      ["CSV table", ".csv"],
    ]) {
      const saved = page.waitForEvent("download");
      await report.getByRole("button", { name: button }).click();
      const name = (await saved).suggestedFilename();
      assert.ok(name.endsWith(ending), name);
    }
  });

  await t.test(
    "a screenshot stands in the page's place, and in the PNG",
    async () => {
      const buffer = await page.screenshot();
      const file = { name: "page.png", mimeType: "image/png", buffer };
      await report.getByLabel(/^A screenshot/).setInputFiles(file);
      await report.locator(".ground img").waitFor();
      const saved = page.waitForEvent("download");
      await report.getByRole("button", { name: "PNG on white" }).click();
      await saved;
      await report
        .getByRole("button", { name: "Show the page itself" })
        .click();
      await report.locator(".ground iframe").waitFor();
    },
  );

  await t.test("robots are counted where somebody asks for them", async () => {
    await page.goto("about:blank");
    await page.goto("/reports/#funnel?site=demo-shop");
    await report.getByText("0 visits", { exact: true }).waitFor();
    await page.getByLabel("Robots too (3 visits)").check();
    await report.getByText("3 visits", { exact: true }).waitFor();
    await page.getByLabel("Robots too").uncheck();
    await report.getByText("0 visits", { exact: true }).waitFor();
  });

  await t.test("the heat lies over the live page, and goes again", async () => {
    const live = await stage.visitor();
    await live.goto("/shop/product-brandon-tent.html");
    const before = await live.evaluate(() => document.body.outerHTML);
    const query = "site=demo-shop&bots=true";
    await live.evaluate((url) => import(url), `/reports/overlay.js?${query}`);
    const bar = live.getByRole("region", { name: "Heatmap of this page" });
    await bar.getByText(`${CLICKS} clicks in 1 view by 1 visitor`).waitFor();
    assert.equal(await live.evaluate(() => document.body.outerHTML), before);
    await bar.getByRole("button", { name: "Close" }).click();
    await bar.waitFor({ state: "detached" });
    assert.deepEqual(live.faults, []);
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
