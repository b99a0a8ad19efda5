// `npm run soak [-- --events=100000]`: one page tells a million events; what arrives of them, and what memory that takes.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { build } from "../../js/build/build.mjs";
import { main, seconds } from "../../js/build/command.mjs";

/** Told in one go. With what may wait, fewer than the collector tells of at once. */
const CHUNK = 500;
const MAX_ROWS = 1000;
/** The page waits for delivery while it holds more: of half a MiB it loses none then. */
const MAX_BATCHES = 6;
/** A page that waits for longer has come to a standstill. */
const STANDSTILL_MS = 30_000;
const REPORTS = 10;
const POLL_MS = 50;
const MIB = 1024 * 1024;

async function soak() {
  const { values } = parseArgs({
    options: { events: { type: "string", default: "1000000" } },
  });
  const events = Number(values.events);
  if (!(events >= REPORTS))
    throw new Error(`--events=${values.events}: give a number, 10 at least`);
  await build();
  const { buildCollector } = await import("../../js/build/collector.mjs");
  await buildCollector();
  const { browsers } = await import("../../js/build/browser.mjs");
  Object.assign(process.env, await browsers(["CHROMIUM"]));
  const undo = [];
  try {
    await play({ after: (step) => undo.push(step) }, events);
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

async function play(t, events) {
  const { openStage, running } = await import("../e2e/stage.mjs");
  const { pageOf } = await import("../e2e/put.mjs");
  const { markdown } = await import("../bench/table.mjs");
  const { spoor } = await import("./sdks.mjs");
  const stage = await openStage(t);
  stage.front.replaced.set("/soak", pageOf("Soak", spoor.head, ""));
  const page = await stage.visitor();
  await page.goto("/soak");
  await running(page);
  const cdp = await page.context().newCDPSession(page);
  const stored = numbersOf(stage.collector.address, stage.site, events);
  const began = Date.now();

  let told = 0;
  const rows = [];
  const report = async () => {
    const name = `${Math.round((100 * told) / events)} %`;
    const figures = await figuresOf(stage, cdp);
    rows.push({ name, told, stored: stored.distinct, ...figures });
    process.stderr.write(
      `${name}, ${told} told, ${seconds(Date.now() - began)}\n`,
    );
    // What passed the front is not looked at here.
    stage.front.posts.length = stage.front.bodies.length = 0;
  };
  await report();
  for (let step = 1; step <= REPORTS; step++) {
    const goal = Math.round((events * step) / REPORTS);
    while (told < goal) {
      const count = Math.min(CHUNK, goal - told);
      const chunk = { first: told, count, MAX_BATCHES, STANDSTILL_MS };
      await page.evaluate(tell, chunk);
      told += count;
      await stored.read();
    }
    if (told === events) {
      await page.evaluate(() => window.spoor.flush());
      await rest(stored, events);
    }
    await report();
  }
  console.log(`\n${markdown(rows, COLUMNS)}\n`);
  const lost = await spoor.reported(stage, page);
  console.log(
    `${stored.distinct} distinct of ${told} stored, ${stored.others} rows beside them, ${lost} reported as lost`,
  );
  if (stored.distinct !== told || stored.others || lost)
    throw new Error("not every event is stored once");
}

/** Runs in the page: tells so many events, and waits while too many batches do. */
async function tell({ first, count, MAX_BATCHES, STANDSTILL_MS }) {
  const POLL_MS = 5;
  for (let n = first; n < first + count; n++) window.tell(n);
  const deadline = performance.now() + STANDSTILL_MS;
  while (window.spoor.status().batches_waiting > MAX_BATCHES) {
    if (performance.now() > deadline) throw new Error("nothing is taken");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Waits until all events are stored, or no more are. */
async function rest(stored, events) {
  const deadline = Date.now() + STANDSTILL_MS;
  while (stored.distinct < events && Date.now() < deadline) {
    await stored.read();
    await sleep(POLL_MS);
  }
}

/** Counts what the collector has stored: `read()` reads what is new; `distinct` are the numbers, `others` repeats of them. */
function numbersOf(address, site, events) {
  const seen = new Uint8Array(events);
  let after = 0;
  const counts = {
    distinct: 0,
    others: 0,
    async read() {
      const query = `site=${site}&limit=${MAX_ROWS}&after=${after}`;
      const answer = await fetch(`${address}/api/events?${query}`);
      const { events: rows } = await answer.json();
      // The newest come first: what a full answer leaves out is never seen.
      if (rows.length === MAX_ROWS)
        throw new Error(`${MAX_ROWS} rows at once: there may be more`);
      after = rows[0]?.id ?? after;
      for (const { name, params } of rows) {
        if (name !== "step") continue;
        if (seen[params.n]) counts.others += 1;
        else counts.distinct += 1;
        seen[params.n] = 1;
      }
    },
  };
  return counts;
}

async function figuresOf({ collector }, cdp) {
  const { heapBytes } = await import("../bench/heap.mjs");
  const { js, wasm } = await heapBytes(cdp);
  return { js, wasm, rss: rssOf(collector.child.pid) };
}

/** Resident bytes of a process, where the system tells of processes by files. */
function rssOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return 1024 * Number(status.match(/^VmRSS:\s+(\d+) kB/m)[1]);
  } catch {
    return undefined;
  }
}

const number = (count) => count.toLocaleString("en");
const mib = (bytes) => (bytes === undefined ? "–" : (bytes / MIB).toFixed(2));

const COLUMNS = [
  ["", ({ name }) => name],
  ["events told", ({ told }) => number(told)],
  ["stored", ({ stored }) => number(stored)],
  ["Wasm MiB", ({ wasm }) => mib(wasm)],
  ["JS heap MiB", ({ js }) => mib(js)],
  ["collector's RSS MiB", ({ rss }) => mib(rss)],
];

await main(soak);
