// Script and collectors under the shop's own origin: a real nginx, in every engine, and a real Caddy with the recipes of docs/recipes,
// and a real ClickHouse behind them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engines } from "./engines.mjs";
import { patiently } from "./eventually.mjs";
import { HTML } from "./put.mjs";
import { startCaddy, startClickhouse, startNginx } from "./servers.mjs";
import { eventually, flush, openStage, running } from "./stage.mjs";

const BUTTON = `<button data-spoor="add_to_cart" data-spoor-item_id="A1" data-spoor-price="19.90" data-spoor-currency="EUR">Buy</button>`;

const [chromium] = engines;
const PROXIES = [
  ...engines.map((engine) => ["nginx", startNginx, engine]),
  ["Caddy", startCaddy, chromium],
];

/** The origins that the page was loaded from, and has asked since. */
const asked = (page) =>
  page.evaluate(() => [
    location.origin,
    ...performance
      .getEntriesByType("resource")
      .map(({ name }) => new URL(name).origin),
  ]);

for (const [name, startProxy, engine] of PROXIES)
  test(`through ${name}, the script is first-party, and a visit is in spoor's collector and in ClickHouse, in ${engine.name}`, async (t) => {
    const clickhouse = await startClickhouse(t);
    const stage = await openStage(t, { engine });
    const proxy = await startProxy(t, {
      shop: new URL(stage.front.address).host,
      clickhouse: clickhouse.address,
    });
    const config = {
      site: stage.site,
      collector: ["/c", { dialect: "clickhouse", url: "/h", table: "events" }],
    };
    const tags = `<script>window.spoor = [["init", ${JSON.stringify(config)}]]</script><script async src="/a/lib.js"></script>`;
    for (const path of ["/one", "/two"])
      stage.front.replaced.set(path, {
        type: HTML,
        body: `<!doctype html><title>${path}</title>${tags}${BUTTON}`,
      });

    const page = await stage.visitor();
    await page.goto(`${proxy}/one`);
    await running(page);
    await page.click("button");
    await flush(page);
    const posts = () =>
      page.evaluate(
        () =>
          performance
            .getEntriesByType("resource")
            .filter(({ initiatorType }) => /fetch|beacon/.test(initiatorType))
            .length,
      );
    await eventually("both posts", async () => (await posts()) > 1);
    const origins = await asked(page);
    await page.evaluate(() => window.spoor.track("left", { n: 1 }));
    await page.goto(`${proxy}/two`);
    await running(page);

    const visit = () =>
      eventually("the visit in ClickHouse", async () => {
        const all = await clickhouse.ask(
          "SELECT id, any(name) AS name, any(params) AS params FROM events GROUP BY id",
        );
        return (
          ["page_view", "add_to_cart", "left"].every((name) =>
            all.some((row) => row.name === name),
          ) && all
        );
      });
    const rows = await patiently(visit);
    const { params } = rows.find((row) => row.name === "add_to_cart");
    assert.equal(JSON.parse(params).items[0].price, 19.9);
    await stage.arrived("add_to_cart");
    await patiently(() => stage.arrived("left"));
    origins.push(...(await asked(page)));
    assert.deepEqual([...new Set(origins)], [proxy]);
    assert.deepEqual(page.faults, []);
  });
