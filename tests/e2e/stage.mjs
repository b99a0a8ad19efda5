// What every spec plays on: the real collector with an empty database, a front before it, and a browser.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";
import { CHROMIUM_ARGS } from "../../js/build/browser.mjs";
import { startCollector } from "../../js/build/collector.mjs";
import { openFront } from "./front.mjs";

const SITE = "demo-shop";
const PATIENCE_MS = 10_000;
const POLL_MS = 50;
/** The most that the collector tells at once. */
const EVENTS = 1000;
const PAGES = join(import.meta.dirname, "pages");
const BROWSER = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    ...CHROMIUM_ARGS,
    // The share links lead to real sites: nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ],
};

/** Opens a stage for the test `t`, which closes it when it ends. Its `site` names the shop whose events are told. */
export async function openStage(t) {
  const folder = mkdtempSync(join(tmpdir(), "spoor-e2e-"));
  const undo = [() => rmSync(folder, { recursive: true })];
  t.after(async () => {
    for (const step of undo.reverse()) await step();
  });
  const collector = await startCollector({
    db: join(folder, "spoor.db"),
    args: ["--serve", `/e2e=${PAGES}`],
  });
  undo.push(collector.stop);
  const front = await openFront(collector.address);
  undo.push(front.close);
  const browser = await chromium.launch(BROWSER);
  undo.push(() => browser.close());

  const stage = { site: SITE };
  const events = () => eventsOf(front.address, stage.site);
  return Object.assign(stage, {
    front,
    events,
    /** Everything that the collector has on disk, as text. */
    stored: () =>
      readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), "latin1"))
        .join("\n"),
    visitor: () => visitor(browser, front.address),
    /** Waits until the collector holds `count` events of that name; returns them. */
    arrived: (name, count = 1) =>
      eventually(`${count} × ${name} at the collector`, async () => {
        const named = (await events()).filter((event) => event.name === name);
        return named.length >= count && named;
      }),
  });
}

/** Opens a page as a new visitor. `page.faults` and `page.said` fill with its uncaught errors and console lines. */
async function visitor(browser, address) {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: 1280, height: 800 },
    // Scrolling jumps: no spec has to wait for an animation.
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  page.faults = [];
  page.said = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (line) => page.said.push(line.text()));
  return page;
}

/** Waits until spoor runs on the page: before that it only keeps clicks, and a page left so early takes them along. */
export const running = (page) =>
  page.waitForFunction(() => window.spoor?.status?.().state === "running");

/** Has spoor send what waits, where a spec is not about when that happens by itself. */
export async function flush(page) {
  await running(page);
  await page.evaluate(() => window.spoor.flush());
}

/** Resolves to what `read` gives as soon as that is something; says what was awaited when it never is. */
export async function eventually(what, read) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await read();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`no ${what}`);
    await pause(POLL_MS);
  }
}

/** The collector's events in the order in which they happened: page by page, then as numbered on the page. */
async function eventsOf(address, site) {
  const url = `${address}/api/events?site=${site}&limit=${EVENTS}`;
  const { events } = await (await fetch(url)).json();
  const opened = new Map();
  for (const { page_id, at } of events) {
    opened.set(page_id, Math.min(at, opened.get(page_id) ?? Infinity));
  }
  const page = (event) => opened.get(event.page_id);
  return events.sort((a, b) => page(a) - page(b) || a.seq - b.seq);
}
