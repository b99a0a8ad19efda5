// What every spec plays on: the real collector with an empty database, a front before it, and a browser.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCollector } from "../../js/build/collector.mjs";
import { launchChromium, newContext } from "./engines/chromium.mjs";
import { eventually } from "./eventually.mjs";
import { openFront } from "./front.mjs";
import { handOn } from "./hand.mjs";

export { eventually };

export const SITE = "demo-shop";
/** The most that the collector tells at once. */
const EVENTS = 1000;
const PAGES = join(import.meta.dirname, "pages");

const collectorIn = (folder) =>
  startCollector({
    db: join(folder, "spoor.db"),
    args: ["--serve", `/e2e=${PAGES}`],
  });

/**
 * Opens a stage for the test `t`, which closes it when it ends. Its `site` names the shop whose events are told.
 * Its visitors come with Playwright's pages, or with the verbs of hand.mjs where one of the engines is named.
 * `start` may start another server in the collector's place: it is given a folder, and resolves to `{ address, stop }`.
 */
export async function openStage(t, { engine, start = collectorIn } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "spoor-e2e-"));
  const undo = [() => rmSync(folder, { recursive: true })];
  t.after(async () => {
    for (const step of undo.reverse()) await step();
  });
  const collector = await start(folder);
  undo.push(collector.stop);
  const front = await openFront(collector.address);
  undo.push(front.close);
  const visitor = engine
    ? () => engineVisitor(engine, front, undo)
    : await playwrightVisitors(front, undo);

  const stage = { site: SITE };
  const events = () => eventsOf(front.address, stage.site);
  return Object.assign(stage, {
    collector,
    front,
    events,
    /** Everything that the collector has on disk, as text. */
    stored: () =>
      readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), "latin1"))
        .join("\n"),
    /** Opens a page as a new visitor. `page.faults` and `page.said` fill with its uncaught errors and console lines. */
    visitor,
    /** Waits until the collector holds `count` events of that name; returns them. */
    arrived: (name, count = 1) =>
      eventually(`${count} × ${name} at the collector`, async () => {
        const named = (await events()).filter((event) => event.name === name);
        return named.length >= count && named;
      }),
  });
}

async function playwrightVisitors({ address }, undo) {
  const browser = await launchChromium();
  undo.push(() => browser.close());
  return async () => {
    const page = await (await newContext(browser, address)).newPage();
    page.faults = [];
    page.said = [];
    page.on("pageerror", (error) => page.faults.push(String(error)));
    page.on("console", (line) => page.said.push(line.text()));
    return page;
  };
}

async function engineVisitor(engine, front, undo) {
  const { openTab, leave } = await engine.visitor(front);
  undo.push(leave);
  return handOn(await openTab(), { address: front.address, openTab });
}

/** Says in the page whether spoor runs on it. */
export const isRunning = () => window.spoor?.status?.().state === "running";

/** Waits until spoor runs on the page: before that it only keeps clicks, and a page left so early takes them along. */
export const running = (page) =>
  // A page of Playwright, or one of hand.mjs.
  (page.waitForFunction ?? page.waitFor).call(page, isRunning);

/** Has spoor send what waits, where a spec is not about when that happens by itself. */
export async function flush(page) {
  await running(page);
  await page.evaluate(() => window.spoor.flush());
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
