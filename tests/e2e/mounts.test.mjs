// Mounted and unmounted again and again, the frameworks' entries leave nothing behind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { heapBytes } from "../bench/heap.mjs";
import { frameworks, isRunning, putModule } from "./frameworks/build.mjs";
import { eventually, openStage } from "./stage.mjs";

const MOUNTS = 100;
/** Of anything that each mount leaves, there would be more. A framework may keep its last tree until the next one. */
const MAX_LEFT = MOUNTS / 2;
/** JS likewise: what a mount leaves of spoor is more than a kibibyte. */
const MAX_LEFT_BYTES = MOUNTS * 1024;

/** Shows the example in the page so many times, each until spoor runs, and takes it away until spoor is gone. */
async function mountOften(page, times) {
  for (let n = 0; n < times; n++) {
    await page.evaluate(() => {
      window.unmount = window.mount();
    });
    await page.waitForFunction(isRunning);
    await page.evaluate(() => {
      window.unmount();
      delete window.unmount;
      delete window.spoor;
    });
    await page.waitForFunction(() => !window[Symbol.for("spoor")]);
  }
}

/** Counts what there is, once every answer has come: what was sent is kept no longer, although nobody of spoor is there to hear it. */
async function counts(page, cdp) {
  const kept = () =>
    Object.keys(localStorage).filter((key) => key.startsWith("spoor-"));
  await eventually("end of what is kept", async () => {
    const [left] = await page.evaluate(kept);
    return !left;
  });
  const { js, wasm } = await heapBytes(cdp);
  const { metrics } = await cdp.send("Performance.getMetrics");
  const metric = (wanted) => metrics.find(({ name }) => name === wanted).value;
  return {
    js,
    wasm,
    listeners: metric("JSEventListeners"),
    nodes: metric("Nodes"),
  };
}

for (const framework of frameworks)
  test(`${framework.name}: ${MOUNTS} mounts leave no listener, no node and no memory, and tell a page view each`, async (t) => {
    const stage = await openStage(t);
    const path = await putModule(stage, framework, "mount");
    const page = await stage.visitor();
    await page.goto(path);
    await page.waitForFunction(() => window.mount);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Performance.enable");
    // What is compiled once has been compiled.
    await mountOften(page, MOUNTS);
    const before = await counts(page, cdp);
    await mountOften(page, MOUNTS);
    const after = await counts(page, cdp);
    t.diagnostic(JSON.stringify({ before, after }));
    for (const [what, most] of Object.entries({
      listeners: MAX_LEFT,
      nodes: MAX_LEFT,
      js: MAX_LEFT_BYTES,
      wasm: 0,
    })) {
      const left = after[what] - before[what];
      assert.ok(left <= most, `${what}: ${left} are left`);
    }
    const views = await stage.arrived("page_view", 2 * MOUNTS);
    assert.equal(views.length, 2 * MOUNTS);
    assert.deepEqual(page.faults, []);
  });
