// What one page cannot send, the next one does, in every engine: nothing lost, and nothing twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engines } from "./engines.mjs";
import { eventually, flush, openStage, running } from "./stage.mjs";

const HTML = "text/html; charset=utf-8";
const KEPT = "spoor-";

/** The keys of batches that the browser keeps. */
const kept = (page) =>
  page.evaluate(
    (prefix) =>
      Object.keys(localStorage).filter((key) => key.startsWith(prefix)),
    KEPT,
  );

/** Plays a spec in each engine, on two pages with the same config. */
function spec(what, play, more = {}) {
  for (const engine of engines)
    test(`${what} in ${engine.name}`, async (t) => {
      const stage = await openStage(t, { engine });
      const init = { collector: "/collect", site: stage.site, ...more };
      const call = `window.spoor = [["init", ${JSON.stringify(init)}]]`;
      for (const path of ["/one", "/two"])
        stage.front.replaced.set(path, {
          type: HTML,
          body: `<!doctype html><title>${path}</title><link rel="icon" href="data:," /><script>${call}</script><script async src="/spoor.js"></script>`,
        });
      const open = async (path, page) => {
        await page.goto(path);
        await running(page);
      };
      await play({ stage, open, page: await stage.visitor() });
    });
}

/** Has the page tell `count` events of that name, and fail to send them. */
async function tellInVain(stage, page, name, count) {
  const { broken } = stage.front;
  await page.evaluate(
    ({ name, count }) => {
      for (let n = 0; n < count; n++) window.spoor.track(name, { n });
    },
    { name, count },
  );
  await flush(page);
  await eventually("try in vain", () => stage.front.broken > broken);
  await page.waitFor(() => window.spoor.status().last_outcome === "later");
}

/** Each of `count` events is there, once. */
async function assertOnce(stage, name, count) {
  const events = await stage.arrived(name, count);
  const numbers = events.map(({ params }) => params.n);
  assert.deepEqual(
    numbers.sort((a, b) => a - b),
    Array.from({ length: count }, (_, n) => n),
  );
}

spec("what a page could not send arrives from the next one", async (it) => {
  const { stage, open, page } = it;
  stage.front.collecting = false;
  await open("/one", page);
  await tellInVain(stage, page, "step", 40);
  await page.evaluate(() => window.spoor.track("last_step", { n: 0 }));
  stage.front.collecting = true;
  await open("/two", page);
  await assertOnce(stage, "step", 40);
  await assertOnce(stage, "last_step", 1);
  assert.equal((await stage.arrived("page_view", 2)).length, 2);
  await page.waitFor(() => window.spoor.status().batches_waiting === 0);
  assert.deepEqual(await kept(page), []);
});

spec(
  "what a closed tab could not send arrives from another",
  async ({ stage, open, page }) => {
    stage.front.collecting = false;
    const other = await page.newTab();
    await open("/one", other);
    await tellInVain(stage, other, "step", 3);
    await other.close();
    stage.front.collecting = true;
    await open("/two", page);
    await assertOnce(stage, "step", 3);
    assert.deepEqual(await kept(page), []);
  },
);

spec(
  "of two tabs that find the same batch one sends it",
  async ({ stage, open, page }) => {
    stage.front.collecting = false;
    await open("/one", page);
    await tellInVain(stage, page, "step", 3);
    await page.goto("about:blank");
    const others = [await page.newTab(), await page.newTab()];
    // Both have found it, and neither could send it.
    for (const other of others) {
      await open("/two", other);
      await other.waitFor(() => window.spoor.status().last_outcome === "later");
    }
    stage.front.collecting = true;
    await assertOnce(stage, "step", 3);
    for (const other of others)
      await other.waitFor(() => window.spoor.status().batches_waiting === 0);
    const told = stage.front.bodies.filter((body) => body.includes('"step"'));
    assert.equal(told.length, 1);
  },
);

spec(
  "who denies what was granted leaves nothing behind",
  async ({ stage, open, page }) => {
    stage.front.collecting = false;
    await open("/one", page);
    await tellInVain(stage, page, "step", 3);
    const [before, after] = await page.evaluate((prefix) => {
      const kept = () =>
        Object.keys(localStorage).filter((key) => key.startsWith(prefix));
      Object.defineProperty(document, "visibilityState", { value: "hidden" });
      document.dispatchEvent(new Event("visibilitychange"));
      const before = kept().length;
      window.spoor.consent("denied");
      return [before, kept().length];
    }, KEPT);
    assert.deepEqual([before, after], [1, 0]);
    stage.front.collecting = true;
    await page.goto("about:blank");
    assert.deepEqual(await stage.events(), []);
  },
);

spec(
  "without identity nothing is kept",
  async ({ stage, open, page }) => {
    stage.front.collecting = false;
    await open("/one", page);
    await tellInVain(stage, page, "step", 3);
    await open("/two", page);
    assert.deepEqual(await kept(page), []);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  },
  { identity: "none" },
);
