// What it costs to load a peer, then a click, then a move of the pointer, each apart.
import { heapBytes } from "./heap.mjs";
import { markdown, one, ratio } from "./table.mjs";
import { withTab } from "./tab.mjs";

const CLICKS = 100;
const MOVES = 600;

/** Resolves to the figures of one run; `slowdown` is the CPU throttling rate. */
export function load(chromium, sink, peer, slowdown) {
  return withTab(chromium, slowdown, async (tab) => {
    const { page, cdp, settle, spent, told } = tab;
    sink.bodies.length = 0;

    const blank = await spent();
    await page.goto(sink.url(peer), { waitUntil: "load" });
    await settle();
    const loaded = await spent();
    const { long } = await told();

    await click(page);
    await settle();
    const clicked = await spent();
    await move(page);
    await settle();
    const moved = await spent();

    const heap = await heapBytes(cdp);
    const { seen } = await told();
    await tab.leave();
    return {
      loadScriptMs: loaded.script - blank.script,
      loadTaskMs: loaded.task - blank.task,
      longTasks: long.length,
      longMs: long.reduce((all, ms) => all + ms, 0),
      clickUs: (1000 * (clicked.script - loaded.script)) / seen.click,
      moveUs: (1000 * (moved.script - clicked.script)) / seen.pointermove,
      heapKib: heap.js / 1024,
      wasmKib: heap.wasm / 1024,
      requests: sink.bodies.length,
      clicksTold: sink.clicksTold(peer),
    };
  });
}

async function click(page) {
  const { mouse } = page;
  const targets = await page.$$eval("main button", (buttons) =>
    buttons
      .map((button) => button.getBoundingClientRect())
      .filter(({ bottom }) => bottom < window.innerHeight)
      .map(({ x, y, width, height }) => [x + width / 2, y + height / 2]),
  );
  for (let n = 0; n < CLICKS; n++) {
    await mouse.click(...targets[n % targets.length]);
  }
}

async function move(page) {
  for (let n = 0; n < MOVES; n++) {
    await page.mouse.move(200 + ((n * 7) % 900), 150 + ((n * 5) % 500));
  }
}

const COLUMNS = [
  ["peer", ({ name }) => name],
  ["KiB brotli", ({ brotli }) => one(brotli / 1024)],
  ["load script ms", ({ own }) => one(own.loadScriptMs)],
  ["load task ms", ({ own }) => one(own.loadTaskMs)],
  ["task / bare", ({ own, bare }) => ratio(own.loadTaskMs, bare.loadTaskMs)],
  ["+script / spoor's", more("loadScriptMs")],
  [
    "long tasks",
    ({ own }) => `${one(own.longTasks)} (${own.longMs.toFixed(0)} ms)`,
  ],
  ["+µs / click", ({ own, bare }) => one(own.clickUs - bare.clickUs)],
  ["/ spoor's", more("clickUs")],
  ["+µs / move", ({ own, bare }) => one(own.moveUs - bare.moveUs)],
  ["/ spoor's", more("moveUs")],
  ["+heap KiB", ({ own, bare }) => (own.heapKib - bare.heapKib).toFixed(0)],
  ["/ spoor's", more("heapKib")],
  ["wasm KiB", ({ own }) => own.wasmKib.toFixed(0)],
  ["requests", ({ own }) => String(own.requests)],
];

/** Compares what a peer adds to the bare page with what spoor adds to it. */
function more(key) {
  return ({ own, bare, spoor }) =>
    own === bare || !spoor
      ? "–"
      : ratio(own[key] - bare[key], spoor[key] - bare[key]);
}

/** Writes the table of loads; see `markdown` for its rows. */
export const loadTable = (rows) => markdown(rows, COLUMNS);
