// A shop that installs the package and builds with its bundler measures a conversion, by each entry: apps.mjs has the matrix.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engines } from "../e2e/engines.mjs";
import { openStage } from "../e2e/stage.mjs";
import { NEVER, apps } from "./apps.mjs";
import { built } from "./built.mjs";
import { serve } from "./serve.mjs";

const [chromium] = engines;
/** Bars Wasm, and no script. */
const NO_WASM = "script-src 'self' 'unsafe-inline'";

for (const app of apps) built(app);

for (const app of apps)
  for (const engine of app.everywhere ? engines : [chromium])
    test(`${app.bundler}, ${app.entry}: a conversion arrives in ${engine.name}`, async (t) => {
      const { stage, page, asked, missing } = await open(t, app, engine);
      if (app.expect === NEVER) {
        assert.equal(await state(page), "failed");
        assert.match(`${saidBySpoor(page)}`, /^spoor: not started/);
        assert.deepEqual(page.faults, []);
        return;
      }
      await convert(stage, page);
      assert.deepEqual(saidBySpoor(page), []);
      assert.deepEqual(page.faults, []);
      assert.deepEqual(missing, []);
      assert.equal(
        asked.some((path) => path.endsWith(".wasm")),
        app.entry !== "spoor",
      );
    });

for (const app of apps.filter(({ expect }) => expect !== NEVER))
  test(`${app.bundler}, ${app.entry}: a conversion arrives where Wasm is barred`, async (t) => {
    const { stage, page, missing } = await open(t, app, chromium, {
      headers: { "content-security-policy": NO_WASM },
    });
    await convert(stage, page);
    assert.match(`${saidBySpoor(page)}`, /^spoor: no Wasm: [^,]*$/);
    assert.deepEqual(missing, []);
  });

const streamed = (folder) =>
  apps.find(
    ({ folders, entry }) => folders[0] === folder && entry === "spoor/url",
  );

test("a bundle without the Wasm beside it runs as JavaScript, and says what it misses", async (t) => {
  const { stage, page, missing } = await open(t, streamed("rollup"), chromium, {
    types: { ".wasm": null },
  });
  await convert(stage, page);
  assert.deepEqual(missing, ["/dist/spoor.wasm"]);
  assert.deepEqual(saidBySpoor(page), [
    `spoor: no Wasm: Error: ${stage.front.address}/dist/spoor.wasm answered 404`,
  ]);
});

for (const engine of engines)
  test(`Wasm of a wrong type runs, and the console says once what to set, in ${engine.name}`, async (t) => {
    const { stage, page } = await open(t, streamed("plain"), engine, {
      types: { ".wasm": "text/plain" },
    });
    await convert(stage, page);
    assert.deepEqual(saidBySpoor(page), [
      `spoor: ${stage.front.address}/spoor/spoor.wasm should be served as application/wasm`,
    ]);
  });

/** Opens an app to a visitor in an engine. */
async function open(t, app, engine, { headers = {}, types } = {}) {
  const folder = await built(app);
  const stage = await openStage(t, { engine });
  // The config names none.
  stage.site = new URL(stage.front.address).host;
  stage.front.headers = headers;
  const served = await serve(t, stage, app, folder, types);
  const page = await stage.visitor();
  await page.goto(app.path ?? "/");
  return { stage, page, ...served };
}

/** Clicks what the config tracks, and sees that arrive once. */
async function convert(stage, page) {
  assert.equal(await state(page), "running");
  await page.click(".add-to-cart");
  await page.evaluate(() => {
    window[Symbol.for("spoor")].then((spoor) => spoor.flush());
  });
  assert.equal((await stage.arrived("add_to_cart")).length, 1);
}

/** Resolves to the state of spoor on a page, once it has one. It is asked where its copies find each other: a shop that bundles it has no
 * global. */
const state = (page) =>
  page.waitFor(() => {
    window[Symbol.for("spoor")]?.then((spoor) => {
      window.state = spoor.status().state;
    });
    return window.state;
  });

const saidBySpoor = ({ said }) =>
  said.filter((line) => line.startsWith("spoor:"));
