// What a visitor feels of a tracker on the demo shop: largest contentful paint, interaction to next paint, long tasks.
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { DIST } from "../../js/build/bundle.mjs";
import { root } from "../../js/build/command.mjs";
import { markdown, one } from "./table.mjs";
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
  '<script src="/shop/tracking.js"></script>\n    <script async src="/spoor.js"></script>';
/** Clicks of each kind, real ones: hearts and cart buttons, which the shop answers by changing the page. */
const CLICKS = 10;
/** Over so many products. */
const SPREAD = 3;
const WORD = "tent";
const PAUSE_MS = 120;
/** Lighthouse's "slow 4G", for who has a slow processor too. */
const MOBILE = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};

export const ABOUT = `the demo shop's list, ${2 * CLICKS} clicks and ${WORD.length} keys by real input`;

/** Resolves to the figures of one visit to the shop with that peer in place of spoor. */
export async function vitals(chromium, peer, slowdown) {
  const server = createServer((request, response) =>
    answer(peer, request, response),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;
  try {
    return await withTab(chromium, slowdown, async (tab) => {
      const { page, cdp, settle, told } = tab;
      await page.addInitScript(watch);
      if (slowdown > 1)
        await cdp.send("Network.emulateNetworkConditions", MOBILE);
      await page.goto(origin + PAGE, { waitUntil: "load" });
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
      const { lcp, felt } = await page.evaluate(() => window.vitals);
      const times = Object.values(felt).sort((a, b) => b - a);
      return {
        lcp,
        inp: times[0],
        all: times.reduce((sum, ms) => sum + ms, 0) / times.length,
        loadLong: long.reduce((sum, ms) => sum + ms, 0),
        long: all.length - long.length,
      };
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
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
  // Where a peer's own program takes the place of spoor's.
  if (path === "/peer.js")
    return send(response, path, assets.at(-1)?.bytes ?? "");
  const file = [join(root, "www", path), join(DIST, path)].find(
    (file) => extname(file) && existsSync(file),
  );
  if (!file) return response.writeHead(404).end();
  const bytes = readFileSync(file);
  if (!path.endsWith(".html")) return send(response, path, bytes);
  const text = String(bytes);
  if (!text.includes(TAGS)) throw new Error(`${path} has other tags`);
  send(response, path, text.replace(TAGS, tagsOf(name, assets)));
}

const tagsOf = (name, assets) =>
  name.startsWith("spoor")
    ? TAGS
    : assets.length
      ? '<script async src="/peer.js"></script>'
      : "";

const send = (response, path, body) =>
  response
    .writeHead(200, { "content-type": TYPES[extname(path)] ?? "" })
    .end(body);

const COLUMNS = [
  ["peer", ({ name }) => name],
  ["LCP ms", ({ own }) => one(own.lcp)],
  ["INP ms", ({ own }) => one(own.inp)],
  ["interactions, mean ms", ({ own }) => one(own.all)],
  ["long tasks at load, ms", ({ own }) => one(own.loadLong)],
  ["long tasks after", ({ own }) => one(own.long)],
];

/** Writes the table; see `markdown` for its rows. Event times are told in steps of 8 ms. */
export const vitalsTable = (rows) => markdown(rows, COLUMNS);
