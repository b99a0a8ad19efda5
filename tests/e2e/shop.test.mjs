import assert from "node:assert/strict";
import { test } from "node:test";
import { assertEvents } from "./expect.mjs";
import { flush, openStage, running } from "./stage.mjs";

const TENT = { item_id: "CR-T2", price: 1299 };

test("a price written the German way is the same amount", async (t) => {
  const stage = await openStage(t);
  const page = await stage.visitor();
  await page.goto("/shop/product-brandon-tent-de.html");
  await page.getByRole("button", { name: "In den Warenkorb" }).click();
  const item = { ...TENT, item_name: "Brandon 2 Zelt", item_variant: "Rost" };
  const params = { currency: "EUR", value: 1299 };
  await flush(page);
  assertEvents(await stage.arrived("add_to_cart"), [
    ["add_to_cart", { ...params, items: [{ ...item, quantity: 1 }] }],
  ]);
});

test("markup alone tells what is removed from the cart", async (t) => {
  const stage = await openStage(t);
  const page = await stage.visitor();
  await page.goto("/shop/category.html");
  await page.getByRole("button", { name: "Add Ember Stove" }).click();
  await page.getByRole("link", { name: "Cart" }).click();
  await running(page);
  await page.getByRole("button", { name: "Remove: Ember Stove" }).click();
  await flush(page);
  const [removed] = await stage.arrived("remove_from_cart");
  const [item] = removed.params.items;
  assert.equal(removed.params.value, 94.5);
  assert.equal(item.item_id, "CR-K1");
  assert.equal(item.item_name, "Ember Stove");
  assert.equal(item.price, 94.5);
  assert.equal(item.quantity, 1);
});

test("a wish taken back is no wish", async (t) => {
  const stage = await openStage(t);
  const page = await stage.visitor();
  await page.goto("/shop/category.html");
  await running(page);
  const heart = page.getByRole("button", { name: "Save Enamel Mug" });
  await heart.click();
  await heart.click();
  await page.getByRole("button", { name: "Add Enamel Mug" }).click();
  await flush(page);
  await stage.arrived("add_to_cart");
  const events = await stage.events();
  const wishes = events.filter(({ name }) => name === "add_to_wishlist");
  assert.equal(wishes.length, 1);
});

test("a click made before the Wasm has come is not lost", async (t) => {
  const stage = await openStage(t);
  const page = await stage.visitor();
  let letIn;
  const clicked = new Promise((resolve) => (letIn = resolve));
  await page.route("**/spoor.wasm", async (route) => {
    await clicked;
    await route.continue();
  });
  const asked = page.waitForRequest("**/spoor.wasm");
  await page.goto("/shop/category.html");
  await asked;
  await page.getByRole("button", { name: "Add Enamel Mug" }).click();
  // After this click the heart is no longer what the rule selects.
  await page.getByRole("button", { name: "Save Enamel Mug" }).click();
  letIn();
  await flush(page);
  const [added] = await stage.arrived("add_to_cart");
  assert.equal(added.params.items[0].item_id, "CR-M1");
  const [saved] = await stage.arrived("add_to_wishlist");
  assert.equal(saved.params.items[0].item_id, "CR-M1");
});
