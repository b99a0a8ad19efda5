// What one page cannot send, the next one does, in every engine: nothing lost, and nothing twice.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { COLLECT } from "./front.mjs";
import { age, copies, kept, keptNoMore, YOUNG_MS } from "./keeping.mjs";
import { HTML, spec } from "./spec.mjs";
import { eventually, flush } from "./stage.mjs";

const KEPT = "spoor-";
/** What js/queues.js keeps for several collectors. */
const QUEUED = `${KEPT}0190a5e2-6b1c-7d3a-9f00-5f4dcc3b5aa7.q`;

/** So long a failing collector is watched, and so often it is asked then at most: first within a second, then within two. Without a
 * wait it is hundreds of times. */
const RETRIED_MS = 2000;
const MOST_TRIES = 20;

/** Puts up two pages, and opens the first while the collector is down; it tells `count` events, and fails to send them. */
async function tellInVain({ stage, open }, page, count, config = {}, head) {
  for (const path of ["/one", "/two"]) stage.put(path, config, "", head);
  stage.front.collecting = false;
  await open("/one", page);
  const { broken } = stage.front;
  await page.evaluate((count) => {
    for (let n = 0; n < count; n++) window.spoor.track("step", { n });
  }, count);
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
  await tellInVain(it, page, 40);
  await age(page);
  await page.evaluate(() => window.spoor.track("last_step", { n: 0 }));
  stage.front.collecting = true;
  await open("/two", page);
  await assertOnce(stage, "step", 40);
  // Told as the page was left: the next one waits whether that arrives by itself.
  await pause(YOUNG_MS);
  await assertOnce(stage, "last_step", 1);
  assert.equal((await stage.arrived("page_view", 2)).length, 2);
  await keptNoMore(page);
});

spec("what a closed tab could not send arrives from another", async (it) => {
  const { stage, open, page } = it;
  const other = await page.newTab();
  await tellInVain(it, other, 3);
  await age(other);
  await other.close();
  stage.front.collecting = true;
  await open("/two", page);
  await assertOnce(stage, "step", 3);
  await keptNoMore(page);
});

spec("of two pages that hold the same batch one sends it", async (it) => {
  const { stage, open, page } = it;
  for (const path of ["/one", "/two"]) stage.put(path, {}, "");
  stage.front.replaced.set(COLLECT, { status: 503, type: HTML, body: "" });
  // By then the other page has taken it over.
  stage.front.headers = { "retry-after": "14" };
  await open("/one", page);
  await page.evaluate(() => {
    for (let n = 0; n < 3; n++) window.spoor.track("step", { n });
  });
  await flush(page);
  await page.waitFor(() => window.spoor.status().last_outcome === "later");
  stage.front.replaced.delete(COLLECT);
  stage.front.headers = {};
  const tries = stage.front.bodies.length;
  const other = await page.newTab();
  await open("/two", other);
  await pause(YOUNG_MS);
  await assertOnce(stage, "step", 3);
  for (const one of [other, page])
    await one.waitFor(() => window.spoor.status().batches_waiting === 0);
  const since = stage.front.bodies.slice(tries);
  assert.equal(since.filter((body) => body.includes('"step"')).length, 1);
});

spec(
  "a collector that asks for no wait is not asked without end",
  async (it) => {
    const { stage, open, page } = it;
    stage.put("/one", {}, "");
    stage.front.replaced.set(COLLECT, { status: 503, type: HTML, body: "" });
    stage.front.headers = { "retry-after": "0" };
    await open("/one", page);
    await flush(page);
    await page.waitFor(() => window.spoor.status().last_outcome === "later");
    await pause(RETRIED_MS);
    const tries = stage.front.bodies.length;
    assert.ok(tries <= MOST_TRIES, `${tries} tries`);
  },
);

spec("what was kept too long is counted, and kept no longer", async (it) => {
  const { stage, open, page } = it;
  for (const path of ["/one", "/two"]) stage.put(path, {}, "");
  await open("/one", page);
  const longAgo = `${KEPT}0190a5e2-6b1c-7d3a-9f00-5f4dcc3b5aa7`;
  const settings = `${KEPT}settings`;
  await page.evaluate(
    ([longAgo, settings]) => {
      localStorage.setItem(longAgo, '12{"v":1,"sent_at":null,"pages":[]}');
      localStorage.setItem(settings, "the shop's own");
    },
    [longAgo, settings],
  );
  await open("/two", page);
  await flush(page);
  await eventually("count of what was lost", () =>
    stage.front.bodies.some((body) => body.includes('"expired":3')),
  );
  const keys = await kept(page);
  assert.deepEqual(
    [longAgo, settings].map((key) => keys.includes(key)),
    [false, true],
  );
});

spec("who denies what was granted leaves nothing behind", async (it) => {
  const { stage, page } = it;
  const queue = `<script>localStorage.setItem("${QUEUED}", "{}\\n");</script>`;
  await tellInVain(it, page, 3, {}, queue);
  await page.evaluate(() => window.spoor.track("drafted"));
  await eventually(
    "batch, draft and queue in the storage, and copies of the former",
    async () => (await kept(page)).length === 3 && (await copies(page)) === 2,
  );
  await page.evaluate(() => window.spoor.consent("denied"));
  assert.deepEqual(await kept(page), []);
  const copied = async () => (await copies(page)) === null;
  await eventually("copies gone", copied);
  stage.front.collecting = true;
  await page.goto("about:blank");
  assert.deepEqual(await stage.events(), []);
});

spec("who denies has the browser send nothing by itself", async (it) => {
  const { stage, page } = it;
  const hold = `<script>
    window.held = [];
    window.fetchLater = (url, { signal }) => window.held.push(signal);
  </script>`;
  await tellInVain(it, page, 3, { consent: "cookieless" }, hold);
  const held = await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
    const wanted = () => window.held.filter((signal) => !signal.aborted);
    const before = wanted().length;
    window.spoor.consent("denied");
    return [before > 0, wanted().length];
  });
  assert.deepEqual(held, [true, 0]);
});

spec("without identity nothing is kept", async (it) => {
  const { stage, open, page } = it;
  await tellInVain(it, page, 3, { identity: "none" });
  await open("/two", page);
  assert.deepEqual(await kept(page), []);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.equal(await copies(page), null);
});

spec("debug says each step in the console", async (it) => {
  const { stage, open, page } = it;
  stage.put("/one", { debug: true }, "");
  await open("/one", page);
  await page.evaluate(() => window.spoor.track("step"));
  await flush(page);
  await stage.arrived("step");
  for (const step of ["hears: tracked", "does: send", "hears: settled"])
    await eventually(`line of ${step}`, () =>
      page.said.some((line) => line.includes(`spoor ${step}`)),
    );
});
