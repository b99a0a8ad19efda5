// A shopper's whole way through the demo shop, by mouse and keyboard, and what the collector must hold of it.
// journey-by-hand.mjs is the same way with the verbs of hand.mjs.
import assert from "node:assert/strict";
import { assertEvents, assertNoRepeats } from "./expect.mjs";
import { flush } from "./stage.mjs";

/** What the shopper types into the fields, by their `name`. */
export const typed = {
  q: "zqsearch",
  newsletter: "zqnews@marker.example",
  email: "zqmail@marker.example",
  phone: "+353 zqphone",
  name: "Zqfirst Zqfamily",
  street: "Zqstreet 7",
  postcode: "ZQ99",
  town: "Zqtown",
  note: "zqnote for the courier",
  "card-name": "Zqholder",
  "card-number": "zq4111zq",
  "card-expiry": "zq/xw",
  "card-code": "zqxj",
};

/** Past the half of the film. */
export const HALF_S = 5.3;

/** Walks from the home page to the thank-you page; resolves to the number of the order. */
export async function shop(page) {
  await page.goto("/shop/index.html");
  await browse(page);
  await watchHalf(page);
  await wantAndShare(page);
  await subscribe(page);
  await page.getByRole("link", { name: "Cart" }).click();
  await page.getByRole("button", { name: "One more" }).click();
  await page.getByRole("link", { name: "Go to checkout" }).click();
  await checkOut(page);
  return page.locator("[data-number]").innerText();
}

async function browse(page) {
  await page.getByRole("link", { name: "Everything", exact: true }).click();
  await page.getByLabel("Tents & sleeping").check();
  await page.getByLabel("Sort by").selectOption("dear");
  const search = page.getByRole("searchbox");
  await search.pressSequentially(typed.q);
  await search.press("Enter");
  await page.getByRole("button", { name: "Show everything" }).click();
  await page.getByRole("link", { name: "Brandon 2 Tent" }).click();
}

async function watchHalf(page) {
  const video = page.locator("video");
  await video.click();
  await page.waitForFunction(
    (half) => document.querySelector("video").currentTime > half,
    HALF_S,
  );
  await video.click();
}

async function wantAndShare(page) {
  const product = page.locator(".product");
  await product.getByRole("button", { name: /wishlist/ }).click();
  await product.getByLabel("Moss").check();
  await product.getByRole("button", { name: "Add to cart" }).click();
  await product.getByRole("button", { name: "Copy link" }).click();
}

async function subscribe(page) {
  const form = page.locator("#newsletter");
  await form.getByRole("textbox").pressSequentially(typed.newsletter);
  await form.getByRole("button", { name: "Sign up" }).click();
}

/** From the first step of the checkout to the thank-you page. */
export async function checkOut(page) {
  await page.waitForURL("**/checkout.html");
  await fill(page, [
    ...["email", "phone", "name", "street", "postcode", "town", "note"],
  ]);
  await page.getByLabel("Country").selectOption({ label: "Portugal" });
  await page.getByRole("button", { name: "Continue to delivery" }).click();
  await page.waitForURL("**/checkout-shipping.html");
  await page.getByText("Express").click();
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await page.waitForURL("**/checkout-payment.html");
  await fill(page, ["card-name", "card-number", "card-expiry", "card-code"]);
  await page.getByRole("button", { name: "Order and pay" }).click();
  await page.waitForURL("**/thanks.html");
}

async function fill(page, names) {
  for (const name of names) {
    await page.locator(`main [name="${name}"]`).pressSequentially(typed[name]);
  }
}

const TENT = { item_id: "CR-T2", item_name: "Brandon 2 Tent", price: 1299 };
const MOSS = { ...TENT, item_variant: "Moss" };
const ONE = { currency: "EUR", value: 1299 };
const TWO = { currency: "EUR", value: 2598 };

/** The pages that were seen, in order. */
const pagesSeen = [
  ...["index", "category", "category", "product-brandon-tent", "cart"],
  ...["checkout", "checkout-shipping", "checkout-payment", "thanks"],
].map((name) => `/shop/${name}.html`);

/** The conversions in order, each `[name, params]`. */
export const conversions = (order) => [
  ["select_item", { ...ONE, items: [TENT] }],
  ["view_item", { ...ONE, items: [{ ...TENT, quantity: 1 }] }],
  ["video_start", { video_percent: 0, video_duration: 10 }],
  ["video_progress", { video_percent: 10 }],
  ["video_progress", { video_percent: 25 }],
  ["video_progress", { video_percent: 50 }],
  ["keen_on_film", {}],
  ["add_to_wishlist", { ...ONE, items: [TENT] }],
  ["add_to_cart", { ...ONE, items: [{ ...MOSS, quantity: 1 }] }],
  ["share", { method: "copy_link", content_type: "product", item_id: "CR-T2" }],
  ["sign_up", { method: "newsletter" }],
  ["view_cart", { ...ONE, items: [{ ...MOSS, quantity: 1 }] }],
  ["begin_checkout", TWO],
  ["large_cart", { value: 20, currency: "EUR" }],
  ["add_shipping_info", {}],
  ["add_payment_info", {}],
  [
    "purchase",
    {
      ...TWO,
      transaction_id: order,
      shipping: 14.9,
      items: [{ ...MOSS, quantity: 2 }],
    },
  ],
];

/** The funnel's steps that the journey takes. */
const STEPS = [
  ...["add_to_cart", "begin_checkout", "add_shipping_info"],
  ...["add_payment_info", "purchase"],
];

/**
 * What is done on the way, and depends on how a driver moves, scrolls and dwells: of it speak page.test.mjs,
 * recognise.test.mjs and tests/sessions.
 */
const BESIDES =
  /^(page_view|scroll|user_engagement|search|view_item_list|view_promotion|form_\w+|funnel_step)$/;

/**
 * Walks all the way with `walk`, `shop` or the same by hand, loads the thank-you page once more, and asserts that the collector holds
 * the journey: each step once and in order.
 */
export async function assertJourney(stage, page, walk) {
  const order = await walk(page);
  await stage.arrived("purchase");
  await page.reload();
  await flush(page);
  await stage.arrived("page_view", pagesSeen.length + 1);
  assertHeld(await stage.events(), order);
}

function assertHeld(events, order) {
  const steps = events.filter((event) => !BESIDES.test(event.name));
  const views = events.filter((event) => event.name === "page_view");
  assertEvents(steps, conversions(order));
  assertEvents(
    events.filter(({ name }) => name === "funnel_step"),
    STEPS.map((step_name) => ["funnel_step", { step_name }]),
  );
  assertNoRepeats(events);
  assert.deepEqual(
    views.map(({ path }) => path),
    [...pagesSeen, pagesSeen.at(-1)],
  );
  for (const key of ["session_id", "visitor_id"]) {
    assert.equal(new Set(events.map((event) => event[key])).size, 1, key);
  }
}
