// What may go wrong while a page tells its events, and how its visitor leaves it.
import { setTimeout as sleep } from "node:timers/promises";
import {
  answered,
  broken,
  brokenEarly,
  cutOff,
  hanging,
  limited,
  slow,
  unheard,
} from "./network.mjs";

const DAY_MS = 24 * 60 * 60 * 1000;
const SLOW_MS = 3000;
const FLAP_MS = 300;
const RETRY_AFTER_S = 3;
/** What was told is in the hands of the browser by then. */
const CRASH_MS = 3000;
/** Chromium writes localStorage to disk some seconds later. */
const KILL_MS = 8000;
const TABS = 20;
const MOMENT_MS = 100;
/** A full batch goes at once, and leaves nothing to be lost. */
const HALF_A_BATCH = 25;
/** Where a captive portal sends every request. */
export const ELSEWHERE = "/elsewhere";

/** Each post meets this fault. */
const met =
  (fault) =>
  ({ front }) => {
    front.fault = fault;
    return () => (front.fault = undefined);
  };

async function refused({ front }) {
  await front.shut();
  return front.open;
}

async function flapping({ front }) {
  let over = false;
  const flap = async () => {
    while (!over) {
      await front.shut();
      await sleep(FLAP_MS);
      await front.open();
      await sleep(FLAP_MS);
    }
  };
  const flown = flap();
  return () => {
    over = true;
    return flown;
  };
}

async function offline({ page }) {
  await page.setOffline(true);
  return () => page.setOffline(false);
}

const unavailable = answered(503);
const later = (after) => answered(429, () => ({ "retry-after": after() }));
const inSeconds = () => String(RETRY_AFTER_S);
const byDate = () => new Date(Date.now() + 1000 * RETRY_AFTER_S).toUTCString();

/** The ways to leave the first page; each resolves to the tab in which the visitor comes back. */
const closed = (ms) => async (page) => {
  const next = await page.newTab();
  if (ms) await sleep(ms);
  await page.close();
  return next;
};
const crashed = (ms) => async (page) => {
  await sleep(ms);
  await page.crash();
  return page.newTab();
};
const killed = (ms) => async (page) => {
  await sleep(ms);
  await page.killBrowser();
  return page.newTab();
};

/* These run in the page, before any other script. */

function fill() {
  for (let size = 2 ** 22, n = 0; size; size >>= 1)
    try {
      for (;;) localStorage.setItem(`shop${n++}`, "x".repeat(size));
    } catch {
      // Full for what is as large as this.
    }
}

function block() {
  const get = () => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  };
  Object.defineProperty(window, "localStorage", { get });
}

function shift(ms) {
  const { timeOrigin } = performance;
  Object.defineProperty(performance, "timeOrigin", { value: timeOrigin + ms });
  const now = Date.now;
  window.Date = class extends Date {
    constructor(...given) {
      if (given.length) super(...given);
      else super(now() + ms);
    }
    static now = () => now() + ms;
  };
}

const head = (script, given = "") =>
  `<script>(${script})(${JSON.stringify(given)});</script>`;

const CHROMIUM_ALONE = { only: "Chromium" };

/**
 * `begin` lets the fault begin, and resolves to what ends it; `limit` is one that is the server's for good, made of what the SDK
 * posts at once. `leave` ends the first page, which else is left once the fault is over; `goes` has it leave by itself, so many
 * milliseconds after the last event. So many `fewer` events are told. `heads` stand in the first page and in the second. A page that `stays` is left only
 * when all has arrived, or nothing does any more.
 */
export const CASES = [
  { name: "healthy", stays: true },
  { name: "connections refused", begin: refused },
  { name: "reset before the body", begin: met(brokenEarly) },
  { name: "reset after the body", begin: met(broken) },
  { name: "never answered", begin: met(hanging) },
  { name: "answered late", begin: met(slow(SLOW_MS)) },
  { name: "403", begin: met(answered(403)) },
  { name: "503", begin: met(unavailable) },
  { name: "429, Retry-After in seconds", begin: met(later(inSeconds)) },
  { name: "429, Retry-After as a date", begin: met(later(byDate)) },
  { name: "413 for good", limit: limited },
  {
    name: "302 to another page",
    begin: met(answered(302, () => ({ location: ELSEWHERE }))),
  },
  { name: "stored, reply dropped", begin: met(unheard) },
  { name: "stored, reply cut off", begin: met(cutOff) },
  { name: "up and down every 300 ms", begin: flapping },
  { name: "offline", begin: offline, ...CHROMIUM_ALONE },
  { name: "page left at once", goes: 0 },
  { name: "page left after 100 ms", goes: MOMENT_MS },
  { name: "tab closed at once", leave: closed(0) },
  { name: "tab closed after 100 ms", leave: closed(MOMENT_MS) },
  {
    name: "never answered, tab crashed at once",
    begin: met(hanging),
    leave: crashed(0),
    ...CHROMIUM_ALONE,
  },
  {
    name: "never answered, tab crashed after 3 s",
    begin: met(hanging),
    leave: crashed(CRASH_MS),
    ...CHROMIUM_ALONE,
  },
  {
    name: "localStorage blocked, tab crashed after 3 s",
    fewer: HALF_A_BATCH,
    heads: [head(block), head(block)],
    leave: crashed(CRASH_MS),
    ...CHROMIUM_ALONE,
  },
  {
    name: "connections refused, browser killed after 8 s",
    begin: refused,
    leave: killed(KILL_MS),
    ...CHROMIUM_ALONE,
  },
  { name: "503, 20 tabs at once", begin: met(unavailable), tabs: TABS },
  {
    name: "503, localStorage full",
    begin: met(unavailable),
    heads: [head(fill), ""],
    stays: true,
  },
  {
    name: "503, localStorage blocked",
    begin: met(unavailable),
    heads: [head(block), head(block)],
    stays: true,
  },
  {
    // Ahead would show less: the collector takes no event for later than its receipt.
    name: "clock a day behind",
    heads: [head(shift, -DAY_MS), head(shift, -DAY_MS)],
  },
];
