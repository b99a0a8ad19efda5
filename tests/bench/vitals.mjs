// What a visitor feels of a tracker on the demo shop: largest contentful paint, interaction to next paint, long tasks.
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync } from "node:zlib";
import { DIST } from "../../js/build/bundle.mjs";
import { root } from "../../js/build/command.mjs";
import { markdown, median, one } from "./table.mjs";
import { withTab } from "./tab.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
const PAGE = "/shop/category.html";
/** How the shop's pages take spoor in, and what it does with the clicks. */
const TAGS =
  '<script async src="/shop/tracking.js"></script>\n    <script async src="/spoor.js"></script>';
/** Clicks of each kind, real ones: hearts and cart buttons, which the shop answers by changing the page. */
const CLICKS = 10;
/** Over so many products. */
const SPREAD = 3;
const WORD = "tent";
const PAUSE_MS = 120;
/** Times that the page is loaded in each run for its largest paint, which is another each time. */
export const LOADS = 10;
/** By then it is painted. */
const PAINTED_MS = 1000;
/** Lighthouse's "slow 4G", for who has a slow processor too. */
const MOBILE = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};

export const ABOUT = `the demo shop's list, ${LOADS} loads, ${2 * CLICKS} clicks and ${WORD.length} keys by real input`;

/** Resolves to the largest contentful paint of one load of the shop with that peer in place of spoor, in ms. */
export const paint = (chromium, peer, slowdown) =>
  atShop(chromium, peer, slowdown, async ({ page }) => {
    await sleep(PAINTED_MS);
    return page.evaluate(() => ({ lcp: window.vitals.lcp }));
  });

/** Resolves to the figures of one visit likewise. */
export const vitals = (chromium, peer, slowdown) =>
  atShop(chromium, peer, slowdown, visit);

/** Resolves to what `work` makes of a tab that has loaded the shop. */
async function atShop(chromium, peer, slowdown, work) {
  const server = createServer((request, response) =>
    answer(peer, request, response),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}${PAGE}`;
  try {
    return await withTab(chromium, slowdown, async (tab) => {
      await tab.page.addInitScript(watch);
      if (slowdown > 1)
        await tab.cdp.send("Network.emulateNetworkConditions", MOBILE);
      await tab.page.goto(url, { waitUntil: "load" });
      return work(tab);
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Resolves to what a visitor feels who clicks and types. */
async function visit({ page, settle, told }) {
  await settle();
  const { long } = await told();
  for (const selector of ["[data-wishlist]", "[data-add-to-cart]"])
    for (let n = 0; n < CLICKS; n++) {
      await page
        .locator(selector)
        .nth(n % SPREAD)
        .click();
      await page.waitForTimeout(PAUSE_MS);
    }
  await page.locator("[type=search]").first().click();
  await page.keyboard.type(WORD, { delay: PAUSE_MS });
  await settle();
  const { long: all } = await told();
  const felt = await page.evaluate(() => window.vitals.felt);
  const times = Object.values(felt).sort((a, b) => b - a);
  return {
    inp: times[0],
    all: times.reduce((sum, ms) => sum + ms, 0) / times.length,
    loadLong: long.reduce((sum, ms) => sum + ms, 0),
    long: all.length - long.length,
  };
}

/** Notes what <https://web.dev/articles/vitals> is measured by; runs in the page. */
function watch() {
  const vitals = (window.vitals = { lcp: 0, felt: {} });
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) vitals.lcp = startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId)
        vitals.felt[interactionId] = Math.max(
          vitals.felt[interactionId] ?? 0,
          duration,
        );
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
}

function answer({ name, assets }, { method, url }, response) {
  const path = url.split("?")[0];
  if (method === "POST") return response.writeHead(200).end("{}");
  const send = (body) =>
    response
      .writeHead(200, {
        "content-type": TYPES[extname(path)] ?? "",
        "content-encoding": "br",
      })
      .end(packed(body));
  // Where a peer's own program takes the place of spoor's.
  if (path === "/peer.js") return send(assets.at(-1)?.bytes ?? "");
  const file = [join(root, "www", path), join(DIST, path)].find(
    (file) => extname(file) && existsSync(file),
  );
  if (!file) return response.writeHead(404).end();
  const bytes = readFileSync(file);
  if (!path.endsWith(".html")) return send(bytes);
  const text = String(bytes);
  if (!text.includes(TAGS)) throw new Error(`${path} has other tags`);
  send(text.replace(TAGS, tagsOf(name, assets)));
}

/** Bodies as a shop's server has them at hand, by what they were. */
const shelf = new Map();
function packed(body) {
  const key = String(body);
  if (!shelf.has(key)) shelf.set(key, brotliCompressSync(body));
  return shelf.get(key);
}

const tagsOf = (name, assets) =>
  name.startsWith("spoor")
    ? TAGS
    : assets.length
      ? '<script async src="/peer.js"></script>'
      : "";

const whole = (ms) => ms.toFixed(0);

function middleHalf(all) {
  const sorted = all.toSorted((a, b) => a - b);
  const quarter = Math.floor(all.length / 4);
  return `${whole(sorted[quarter])} to ${whole(sorted.at(-1 - quarter))}`;
}

const COLUMNS = [
  ["peer", ({ name }) => name],
  ["LCP ms", ({ paints }) => whole(median(paints))],
  ["middle half of loads", ({ paints }) => middleHalf(paints)],
  ["INP ms", ({ own }) => one(own.inp)],
  ["interactions, mean ms", ({ own }) => one(own.all)],
  ["long tasks at load, ms", ({ own }) => one(own.loadLong)],
  ["long tasks after", ({ own }) => one(own.long)],
];

/** Writes the table; see `markdown` for its rows, whose `paints` are those of all loads. Event times are told in steps of 8 ms. */
export const vitalsTable = (rows) => markdown(rows, COLUMNS);
