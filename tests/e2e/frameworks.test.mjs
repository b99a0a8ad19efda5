// The examples of www/examples: what their visitors do arrives, and each framework's server renders them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DIST } from "../../js/build/bundle.mjs";
import { engines } from "./engines.mjs";
import { assertEvents } from "./expect.mjs";
import {
  frameworks,
  isRunning,
  putExample,
  rendered,
} from "./frameworks/build.mjs";
import { openStage } from "./stage.mjs";

const MUG = { item_id: "CR-M1", item_name: "Enamel Mug", price: 18.5 };
const TENT = { item_id: "CR-T3", item_name: "Brandon Tent", price: 329 };
const OFFER = { promotion_id: "winter-brandon" };
/** What is said by development builds that are well. */
const GREETINGS = /React DevTools|development build of Vue/;

async function visit(stage, page, path) {
  await page.goto(path);
  await page.waitFor(isRunning);
  await page.click('[data-sku="CR-M1"] .cart');
  await page.click('[data-sku="CR-T3"] .heart');
  await page.click('[data-sku="CR-M1"] .guide');
  await page.type('#newsletter [name="email"]', "a@b.example");
  await page.press("Enter");
  await page.waitFor(() => !!document.querySelector(".thanks"));
  await stage.arrived("view_promotion");
  await page.click("aside a");
  await page.evaluate(() => window.spoor.flush());
  const kinds = [
    ["page_view", {}],
    [
      "add_to_cart",
      { value: 18.5, currency: "EUR", items: [{ ...MUG, quantity: 1 }] },
    ],
    ["add_to_wishlist", { value: 329, currency: "EUR", items: [TENT] }],
    ["size_guide_opened", { sku: "CR-M1" }],
    ["sign_up", { method: "newsletter" }],
    ["view_promotion", OFFER],
    ["select_promotion", OFFER],
  ];
  for (const kind of kinds) {
    const told = await stage.arrived(kind[0]);
    assertEvents(told, [kind]);
  }
  assert.equal(await page.text("output"), "1");
  assert.deepEqual(page.faults, []);
  assert.deepEqual(
    page.said.filter((line) => !GREETINGS.test(line)),
    [],
  );
}

for (const engine of engines)
  for (const framework of frameworks)
    test(`${framework.name}: each kind of conversion arrives once in ${engine.name}`, async (t) => {
      const stage = await openStage(t, { engine });
      const path = await putExample(stage, framework);
      await visit(stage, await stage.visitor(), path);
    });

for (const framework of frameworks.filter(
  ({ example }) => example !== "element",
))
  test(`${framework.name}: what the server renders is taken over without a word, and tells the same`, async (t) => {
    const [engine] = engines;
    const content = await rendered(framework);
    assert.match(
      content,
      /<button class="cart" data-spoor="add_to_cart" data-spoor-/,
    );
    assert.match(content, /data-spoor="select_promotion"/);
    const stage = await openStage(t, { engine });
    const path = await putExample(stage, framework, content);
    await visit(stage, await stage.visitor(), path);
  });

test("React's entry says first that it is for the client, and none of the entries needs a page to be imported", async () => {
  const code = readFileSync(join(DIST, "react.js"), "utf8");
  assert.match(code, /^"use client";/);
  for (const entry of ["react", "vue", "element"]) {
    const { markup } = await import(`spoor/${entry}`);
    assert.deepEqual(markup({ event: "share" }), { "data-spoor": "share" });
  }
});
