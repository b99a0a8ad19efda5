// The way of journey.mjs, with the verbs of hand.mjs.
import { HALF_S, typed } from "./journey.mjs";
import { running } from "./stage.mjs";

/** Walks from the home page to the thank-you page; resolves to the number of the order. */
export async function shopByHand(page) {
  await page.goto("/shop/index.html");
  await browse(page);
  await watchHalf(page);
  await wantAndShare(page);
  await page.type("#newsletter-email", typed.newsletter);
  await page.click("#newsletter button");
  await page.click('.shortcuts [href="cart.html"]');
  await page.reached("/shop/cart.html");
  // On a busy machine the page would be left before anything on it is told.
  await running(page);
  await page.click('[data-step="1"]');
  await page.click("[data-checkout]");
  await checkOut(page);
  await running(page);
  return page.text("[data-number]");
}

async function browse(page) {
  await page.click('.site-header [href="category.html"]');
  await page.reached("/shop/category.html");
  await page.click('[name="kind"][value="shelter"]');
  await page.choose("#sort", "Name");
  await page.type("#q", typed.q);
  await page.press("Enter");
  await page.reached(`/shop/category.html?q=${typed.q}`);
  await page.click("[data-show-all]");
  await page.click('[data-sku="CR-T2"] .card-link');
  await page.reached("/shop/product-brandon-tent.html");
}

async function watchHalf(page) {
  await page.click("video");
  await page.waitFor(
    (half) => document.querySelector("video").currentTime > half,
    HALF_S,
  );
  await page.click("video");
}

async function wantAndShare(page) {
  await page.click(".product [data-wishlist]");
  await page.click('.options [value="Moss"]');
  await page.click(".product [data-add-to-cart]");
  await page.click('.share [data-method="copy_link"]');
}

async function checkOut(page) {
  await page.reached("/shop/checkout.html");
  await fill(page, [
    ...["email", "phone", "name", "street", "postcode", "town", "note"],
  ]);
  await page.choose("#country", "Port");
  await page.click("form[data-next] [type=submit]");
  await page.reached("/shop/checkout-shipping.html");
  await page.click('.choice:has([value="express"])');
  await page.click("form[data-next] [type=submit]");
  await page.reached("/shop/checkout-payment.html");
  await fill(page, ["card-name", "card-number", "card-expiry", "card-code"]);
  await page.click("form[data-next] [type=submit]");
  await page.reached("/shop/thanks.html");
}

async function fill(page, names) {
  for (const name of names) {
    await page.type(`main [name="${name}"]`, typed[name]);
  }
}
