// Script and collectors under the shop's own origin: a real nginx and a real Caddy with the recipes of docs/recipes, and a real
// ClickHouse behind them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { patiently } from "./eventually.mjs";
import { HTML } from "./put.mjs";
import { startCaddy, startClickhouse, startNginx } from "./servers.mjs";
import { eventually, flush, openStage, running } from "./stage.mjs";

const BUTTON = `<button data-spoor="add_to_cart" data-spoor-item_id="A1" data-spoor-price="19.90" data-spoor-currency="EUR">Buy</button>`;

for (const [name, startProxy] of Object.entries({
  nginx: startNginx,
  Caddy: startCaddy,
}))
  test(`through ${name}, the script is first-party, and a visit is in spoor's collector and in ClickHouse`, async (t) => {
    const clickhouse = await startClickhouse(t);
    const stage = await openStage(t);
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
    const origins = new Set();
    page.on("request", (request) => origins.add(new URL(request.url()).origin));
    await page.goto(`${proxy}/one`);
    await running(page);
    await page.click("button");
    await flush(page);
    await page.evaluate(() => window.spoor.track("left", { n: 1 }));
    await page.goto(`${proxy}/two`);

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
    assert.deepEqual([...origins], [proxy]);
    assert.deepEqual(page.faults, []);
  });
