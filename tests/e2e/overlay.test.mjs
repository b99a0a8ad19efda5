// The heat over a live shop whose collector is on another host: for pages of origins that the collector names.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { startCollector } from "../../js/build/collector.mjs";
import { openStage } from "./stage.mjs";

const PATH = "/p/lamp";
const SITE = "demo-shop";
/** A click on `#add`: "a click by each pointer" of tests/fixtures/chunks-v4.json. */
const CLICKS = 4;
const fixture = (name) =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8");

/** A batch of a page view with these clicks. */
function batch() {
  const envelope = JSON.parse(fixture("envelope-v1.json"));
  const { data } = JSON.parse(fixture("chunks-v4.json")).find(
    ({ name }) => name === "a click by each pointer",
  );
  const [page] = envelope.pages;
  const heat = [{ seq: 99, data }];
  const { bot, ...session } = envelope.session;
  const url = `https://shop.example${PATH}`;
  return { ...envelope, site: SITE, session, pages: [{ ...page, url, heat }] };
}

/** Opens a shop of one page; resolves to its origin. */
async function openShop(t) {
  const shop = createServer((request, answer) => {
    answer.writeHead(200, { "content-type": "text/html" });
    answer.end("<!doctype html><title>Lamp</title><button id=add>Add</button>");
  });
  shop.listen(0, "127.0.0.1");
  await once(shop, "listening");
  t.after(() => {
    shop.closeAllConnections();
    shop.close();
  });
  return `http://127.0.0.1:${shop.address().port}`;
}

test("the heat lies over a live shop on another origin, where it is named", async (t) => {
  const [named, other] = [await openShop(t), await openShop(t)];
  const stage = await openStage(t, {
    start: (folder) =>
      startCollector({
        db: join(folder, "spoor.db"),
        args: ["--allow-origin", named],
      }),
  });
  const { address } = stage.collector;
  const body = JSON.stringify(batch());
  const stored = await fetch(`${address}/collect`, { method: "POST", body });
  assert.equal(stored.status, 200, await stored.text());
  const overlay = `${address}/reports/overlay.js?site=${SITE}`;
  const page = await stage.visitor();
  await page.setViewportSize({ width: 1280, height: 720 });
  const load = () =>
    page.evaluate((url) => import(url).then(() => "loaded", String), overlay);
  await page.goto(named + PATH);
  assert.equal(await load(), "loaded");
  const bar = page.getByRole("region", { name: "Heatmap of this page" });
  await bar.getByText(`${CLICKS} clicks in 1 view by 1 visitor`).waitFor();
  await bar.getByRole("combobox").selectOption("attention");
  await bar.getByText(/^What visitors look at|^No /).waitFor();
  await page.goto(other + PATH);
  assert.match(await load(), /^TypeError/);
});
