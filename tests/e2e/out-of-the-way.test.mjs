import assert from "node:assert/strict";
import { test } from "node:test";
import { checkOut } from "./journey.mjs";
import { eventually, flush, openStage, running } from "./stage.mjs";

const BAD_CONFIG = `window.spoor = window.spoor || [];
spoor.push(["init", { collector: "/collect", track: { add_to_cart: { selector: "[[" }, sing_up: 7 } }]);`;
const CSP = "script-src 'self' 'unsafe-inline'";

const ours = (line) => line.startsWith("spoor: ");

/** Ways in which spoor cannot do its work: how it comes about, and what its line in the console has to name. */
const cases = [
  {
    what: "the config is wrong",
    spoil({ replaced }) {
      const type = "text/javascript";
      replaced.set("/shop/tracking.js", { type, body: BAD_CONFIG });
    },
    says: /track\.add_to_cart\.selector.*track\.sing_up/s,
  },
  {
    what: "the page's CSP bars Wasm, and its twin in JavaScript is missing",
    spoil({ headers, replaced }) {
      headers["content-security-policy"] = CSP;
      replaced.set("/plain.js", { type: "text/html", body: "" });
    },
    says: /not started: .*plain\.js/,
  },
  {
    what: "the script is missing",
    spoil({ replaced }) {
      replaced.set("/spoor.js", { type: "text/javascript", body: "" });
    },
  },
  {
    what: "the collector is down",
    spoil(front) {
      front.collecting = false;
    },
    says: /\/collect: the collector does not answer/,
  },
];

for (const { what, spoil, says } of cases) {
  test(`where ${what}, the shop works as without spoor and nothing arrives`, async (t) => {
    const stage = await openStage(t);
    spoil(stage.front);
    const page = await stage.visitor();
    await page.goto("/shop/index.html");
    if (says) {
      const line = await eventually("line in the console", () =>
        page.said.find(ours),
      );
      assert.match(line, says);
    }

    await buyMug(page);
    const order = await page.locator("[data-number]").innerText();
    assert.match(order, /^CO-/);
    assert.deepEqual(page.faults, []);
    assert.deepEqual(stage.front.bodies, []);
    assert.deepEqual(await stage.events(), []);
  });
}

for (const { what, spoil, says } of cases.filter((one) => one.says)) {
  test(`where ${what}, the console has exactly one line on each page`, async (t) => {
    const stage = await openStage(t);
    spoil(stage.front);
    const page = await stage.visitor();
    await page.goto("/shop/product-brandon-tent.html");
    await eventually("line in the console", () => page.said.some(ours));
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.evaluate(() => window.spoor.push(["track", "own", { a: 1 }]));
    await page.locator(".toast.shown").waitFor();
    assert.equal(page.said.filter(ours).length, 1, page.said.join("\n"));
    assert.match(page.said.find(ours), says);
  });
}

test("no call throws, whatever it is given, and what comes after is told", async (t) => {
  const stage = await openStage(t);
  const page = await stage.visitor();
  await page.goto("/shop/index.html");
  await running(page);
  const thrown = await page.evaluate(() => {
    const bare = Object.create(null);
    const odd = [undefined, null, NaN, Symbol("a"), 1n, bare, [bare], () => {}];
    const names = ["track", "identify", "consent", "on", "push", "page"];
    const found = [];
    for (const name of names)
      for (const one of odd)
        for (const args of [[one], ["own", one]])
          try {
            spoor[name](...args);
          } catch (error) {
            found.push(`${name}: ${error}`);
          }
    spoor.track("own_later");
    return found;
  });
  assert.deepEqual(thrown, []);
  await stage.arrived("own_later");
  assert.deepEqual(page.faults, []);
});

test("what happened while the collector was down arrives when it is up again", async (t) => {
  const stage = await openStage(t);
  stage.front.collecting = false;
  const page = await stage.visitor();
  await page.goto("/shop/index.html");
  await page.getByRole("button", { name: "Add Enamel Mug" }).click();
  await flush(page);
  await eventually("try to reach the collector", () => stage.front.broken);
  stage.front.collecting = true;
  await page.getByRole("link", { name: "Cart" }).click();
  const [added] = await stage.arrived("add_to_cart");
  assert.equal(added.params.items[0].item_id, "CR-M1");
});

async function buyMug(page) {
  const heart = page.getByRole("button", { name: "Save Enamel Mug" });
  await heart.click();
  assert.equal(await heart.getAttribute("aria-pressed"), "true");
  await page.getByRole("button", { name: "Add Enamel Mug" }).click();
  await page.getByRole("link", { name: "Cart" }).click();
  await page.getByRole("link", { name: "Go to checkout" }).click();
  await checkOut(page);
}
