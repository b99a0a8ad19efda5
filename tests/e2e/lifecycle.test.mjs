// A tab that the browser puts to sleep, or throws out to save memory, keeps nothing to itself. By Puppeteer: a page that
// Playwright drives is never out of view, and a page in view is never put to sleep.
// <https://developer.chrome.com/docs/web-platform/page-lifecycle-api>
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import puppeteer from "puppeteer-core";
import { browsers, CHROMIUM_ARGS, remedy } from "../../js/build/browser.mjs";
import { HTML, pageOf, tagsOf } from "./put.mjs";
import { eventually, isRunning, openStage } from "./stage.mjs";

/** Nobody heard the tab end: for so long, what it kept is left to it. */
const YOUNG_MS = 10_000;
const SHOP = "/shop";
const TITLE = "Corrie Outdoor";
/** Where Chromium lists its tabs, each with a link that discards it as if memory ran short. */
const TABS = "chrome://discards";
/** What shows such pages, in the profile's `Local State`. */
const SHOWS_TABS = { internal_only_uis_enabled: true };
/** Tells three steps in a hidden tab as soon as the answer to `/told` says so, and says whether the tab had been discarded. */
const TELLER = `<script>
  const ask = async () => {
    const answer = await fetch("/told?" + document.wasDiscarded);
    if (answer.status === 204) setTimeout(ask, 100);
    else for (let n = 0; n < 3; n++) spoor.track("step", { n });
  };
  ask();
</script>`;

/** Opens a stage with the shop's page on it, and a browser at an address. */
async function open(t, { at, head = "", ...options }) {
  const { CHROMIUM } = await browsers(["CHROMIUM"]);
  if (!CHROMIUM) throw new Error(remedy("CHROMIUM"));
  const stage = await openStage(t, { engine: "none" });
  const init = { collector: "/collect", site: stage.site };
  stage.front.replaced.set(SHOP, pageOf(TITLE, tagsOf(init) + head, ""));
  const userDataDir = mkdtempSync(join(tmpdir(), "spoor-lifecycle-"));
  const state = join(userDataDir, "Local State");
  writeFileSync(state, JSON.stringify(SHOWS_TABS));
  const browser = await puppeteer.launch({
    executablePath: CHROMIUM,
    userDataDir,
    args: [...CHROMIUM_ARGS, at ?? stage.front.address + SHOP],
    ...options,
  });
  t.after(async () => {
    await browser.close();
    rmSync(userDataDir, { recursive: true, maxRetries: 20 });
  });
  return { stage, browser };
}

async function assertOnce(stage, name) {
  const events = await stage.arrived(name, 3);
  const numbers = events.map(({ params }) => params.n);
  assert.deepEqual(numbers.sort(), [0, 1, 2]);
}

test("what a tab told before it was put to sleep arrives while it sleeps, and it goes on when it wakes", async (t) => {
  const { stage, browser } = await open(t, {});
  const isShop = (target) => target.url().endsWith(SHOP);
  const tab = await (await browser.waitForTarget(isShop)).page();
  await tab.waitForFunction(isRunning);
  await stage.arrived("page_view");
  // In front of it.
  await browser.newPage();
  const tell = (name) =>
    tab.evaluate((name) => {
      for (let n = 0; n < 3; n++) window.spoor.track(name, { n });
      return document.visibilityState;
    }, name);
  const cdp = await tab.createCDPSession();

  assert.equal(await tell("before"), "hidden");
  await cdp.send("Page.setWebLifecycleState", { state: "frozen" });
  await assertOnce(stage, "before");

  await cdp.send("Page.setWebLifecycleState", { state: "active" });
  await tell("after");
  await assertOnce(stage, "after");
  assert.equal((await stage.arrived("page_view")).length, 1);
});

for (const collecting of [true, false])
  test(`a page that is left is kept as it is, and goes on when its visitor comes back; the collector is ${collecting ? "up" : "down"}`, async (t) => {
    const { stage, browser } = await open(t, {});
    const isShop = (target) => target.url().endsWith(SHOP);
    const tab = await (await browser.waitForTarget(isShop)).page();
    await tab.waitForFunction(isRunning);
    await stage.arrived("page_view");
    stage.front.collecting = collecting;
    await tab.evaluate(() => {
      window.spoor.track("before", { n: 0 });
      window.spoor.flush();
      addEventListener("pageshow", ({ persisted }) => {
        window.persisted = persisted;
      });
    });
    if (!collecting)
      await eventually("try in vain", () => stage.front.broken > 0);
    stage.front.replaced.set("/away", pageOf("Away", "", ""));
    await tab.goto(`${stage.front.address}/away`);
    stage.front.collecting = true;
    await tab.goBack();
    assert.equal(await tab.evaluate(() => window.persisted), true);
    await tab.evaluate(() => {
      window.spoor.track("after", { n: 1 });
      window.spoor.flush();
    });
    await stage.arrived("after");
    assert.equal((await stage.arrived("before")).length, 1);
    assert.equal((await stage.arrived("page_view", 2)).length, 2);
  });

test("what a tab could not send before it was discarded arrives when its visitor comes back to it", async (t) => {
  const { stage, browser } = await open(t, {
    at: "about:blank",
    head: TELLER,
    // A tab that is driven is not discarded.
    targetFilter: (target) => !target.url().startsWith("http"),
  });
  let status = 204;
  let wasDiscarded = false;
  stage.front.shop = ({ path, url }) => {
    if (path !== "/told") return undefined;
    wasDiscarded ||= url.endsWith("true");
    const answer = {
      status: wasDiscarded ? 204 : status,
      type: HTML,
      body: "",
    };
    return answer;
  };
  const [tabs] = await browser.pages();
  await tabs.goto(TABS);
  const cdp = await browser.target().createCDPSession();
  const url = stage.front.address + SHOP;
  await cdp.send("Target.createTarget", { url, background: true });
  await stage.arrived("page_view");

  stage.front.collecting = false;
  status = 200;
  await eventually("try in vain", () => stage.front.broken > 0);
  await eventually("shop discarded", () => tabs.evaluate(discard, TITLE));
  stage.front.collecting = true;
  const { targetInfos } = await cdp.send("Target.getTargets");
  const shop = targetInfos.find((target) => target.url === url);
  await cdp.send("Target.activateTarget", { targetId: shop.targetId });
  await eventually("page loaded anew", () => wasDiscarded);
  await pause(YOUNG_MS);
  await assertOnce(stage, "step");
  assert.equal((await stage.arrived("page_view", 2)).length, 2);
});

/** Runs in the list of tabs: discards the tab of that title, unless it has been. Returns whether it has. */
function discard(title) {
  const within = (root, name) => root?.querySelector(name)?.shadowRoot;
  const list = within(within(document, "discards-main"), "discards-tab");
  const rows = [...(list?.querySelectorAll("tr") ?? [])];
  const row = rows.find(({ textContent }) => textContent.includes(title));
  if (/discarded \(/.test(row?.textContent)) return true;
  const links = [...(row?.querySelectorAll("[is=action-link]") ?? [])];
  links.find(({ textContent }) => /urgent/i.test(textContent))?.click();
  return false;
}
