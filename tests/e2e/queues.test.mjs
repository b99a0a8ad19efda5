// Of several collectors each gets everything once, whatever becomes of the others, the page, or the browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mortalChromium } from "./engines/chromium.mjs";
import { patiently } from "./eventually.mjs";
import { copies, kept, keptNoMore } from "./keeping.mjs";
import { openMock } from "./mocks.mjs";
import { pageOf, tagsOf } from "./put.mjs";
import { spec } from "./spec.mjs";
import { eventually, flush, openStage, running } from "./stage.mjs";

const STEPS = 40;

/** Tells so many numbered events, and has them sent. */
async function tell(page) {
  await page.evaluate((count) => {
    for (let n = 0; n < count; n++) window.spoor.track("step", { n });
  }, STEPS);
  await flush(page);
}

const numbered = (events) =>
  events
    .filter(({ name }) => name === "step")
    .map(({ params }) => params.n)
    .sort((a, b) => a - b);
const EACH = Array.from({ length: STEPS }, (_, n) => n);

/** Waits until both collectors have each event; each once. */
async function assertOnce(stage, mock) {
  const arrived = () => stage.arrived("step", STEPS);
  assert.deepEqual(numbered(await patiently(arrived)), EACH);
  const all = () => new Set(numbered(mock.events)).size === STEPS;
  await patiently(() => eventually(`each step at ${mock.name}`, all));
  const ids = mock.events.filter(({ name }) => name === "step");
  assert.equal(new Set(ids.map(({ id }) => id)).size, STEPS);
}

/** Waits until neither collector has answered. */
const inVain = (page) =>
  page.waitFor(() => {
    const all = Object.values(window.spoor.status().collectors ?? {});
    return all[1] && all.every((one) => one.last_outcome === "later");
  });

spec(
  "what is too large for one of two collectors is halved for it, and arrives once at both",
  async ({ t, stage, open, page }) => {
    const mock = await openMock(t, "ndjson");
    mock.most = 6000;
    stage.put("/one", { collector: ["/collect", mock.config] }, "");
    await open("/one", page);
    await tell(page);
    await assertOnce(stage, mock);
    assert.ok(mock.tooLarge > 1);
    assert.equal(numbered(mock.events).length, STEPS);
    const own = stage.front.bodies.filter((body) => body.includes('"step"'));
    assert.equal(own.length, 1);
    await keptNoMore(page);
  },
);

spec(
  "what one of two collectors refuses is told to it alone, in its next batch",
  async ({ t, stage, open, page }) => {
    const mock = await openMock(t, "ndjson");
    stage.put("/one", { collector: ["/collect", mock.config] }, "");
    const refuse = { status: 400, type: "text/plain", body: "" };
    stage.front.replaced.set("/collect", refuse);
    await open("/one", page);
    await tell(page);
    const lost = () =>
      page.evaluate(() => {
        const [own] = Object.values(window.spoor.status().collectors ?? {});
        return own?.lost?.refused;
      });
    await eventually("count of what was refused", async () => {
      return (await lost()) >= STEPS;
    });
    const before = await lost();
    stage.front.replaced.delete("/collect");
    await page.evaluate(() => window.spoor.track("after"));
    await flush(page);
    await stage.arrived("after");
    const [body] = stage.front.bodies.filter((one) => one.includes('"after"'));
    assert.equal(JSON.parse(body).losses.refused, before);
    assert.deepEqual(numbered(mock.events), EACH);
  },
);

spec(
  "who denies what was granted leaves nothing of several queues behind",
  async ({ t, stage, open, page }) => {
    const mock = await openMock(t, "ndjson");
    stage.put("/one", { collector: ["/collect", mock.config] }, "");
    mock.status = 503;
    stage.front.collecting = false;
    await open("/one", page);
    await tell(page);
    await inVain(page);
    await eventually("copies", async () => (await copies(page)) > 0);
    await page.evaluate(() => window.spoor.consent("denied"));
    assert.deepEqual(await kept(page), []);
    await eventually("copies gone", async () => (await copies(page)) === null);
    mock.status = 204;
    stage.front.collecting = true;
    await page.goto("about:blank");
    assert.deepEqual(await stage.events(), []);
    assert.deepEqual(mock.events, []);
  },
);

test("what two collectors had not taken as the browser was killed arrives from the next page, once at each", async (t) => {
  const stage = await openStage(t, { engine: mortalChromium });
  const mock = await openMock(t, "ndjson");
  const init = { collector: ["/collect", mock.config], site: stage.site };
  for (const path of ["/one", "/two"])
    stage.front.replaced.set(path, pageOf(path, tagsOf(init), ""));
  mock.status = 503;
  stage.front.collecting = false;
  const page = await stage.visitor();
  await page.goto("/one");
  await running(page);
  await tell(page);
  await inVain(page);
  await eventually("each batch copied", async () => {
    const queued = (await kept(page)).filter((key) => key.endsWith(".q"));
    return queued[0] && (await copies(page)) >= queued.length;
  });
  await page.killBrowser();
  const next = await page.newTab();
  stage.front.collecting = true;
  mock.status = 204;
  await next.goto("/two");
  await running(next);
  await assertOnce(stage, mock);
  await keptNoMore(next);
});
