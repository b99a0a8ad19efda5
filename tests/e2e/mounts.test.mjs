// Mounted and unmounted again and again, the frameworks' entries leave nothing behind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { heapBytes } from "../bench/heap.mjs";
import { frameworks, isRunning, putModule } from "./frameworks/build.mjs";
import { eventually, openStage } from "./stage.mjs";

const MOUNTS = 100;
const FEW = 10;
const AGAIN = 3;
/** What may be left of all mounts: of anything that each leaves there would be more, and of a tracker more than a kibibyte. */
const MOST = {
  listeners: MOUNTS / 2,
  nodes: MOUNTS / 2,
  js: MOUNTS * 1024,
  wasm: 0,
};

/** Says of what too much is left. */
const tooMuch = (before, after) =>
  Object.entries(MOST)
    .map(([what, most]) => ({ what, left: after[what] - before[what], most }))
    .filter(({ left, most }) => left > most);

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
    let mounts = 2 * MOUNTS;
    // React may keep its last tree for a while. What is left of each is more after a few more.
    for (let again = 0; again < AGAIN && tooMuch(before, after)[0]; again++) {
      await mountOften(page, FEW);
      mounts += FEW;
      Object.assign(after, await counts(page, cdp));
    }
    t.diagnostic(JSON.stringify({ before, after }));
    assert.deepEqual(tooMuch(before, after), []);
    const views = await stage.arrived("page_view", mounts);
    assert.equal(views.length, mounts);
    assert.deepEqual(page.faults, []);
  });
