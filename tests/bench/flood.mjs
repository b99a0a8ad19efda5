// What a flood of moves does to the frames of a page, and to its memory.
import { heapBytes } from "./heap.mjs";
import { markdown } from "./table.mjs";
import { withTab } from "./tab.mjs";

/** Ten times as many moves as a mouse tells, for a minute. */
const MOVES_PER_S = 1000;
const SECONDS = 60;
/** A frame that took longer was dropped, at 60 in a second. */
const MAX_FRAME_MS = 20;

/** Resolves to the figures of one flood. */
export function flood(chromium, sink, peer) {
  return withTab(chromium, 1, async ({ page, cdp, settle, leave, spent }) => {
    sink.posts.length = 0;
    await page.goto(sink.url(peer), { waitUntil: "load" });
    await settle();
    const [before, began] = [await heapBytes(cdp), await spent()];
    const { frames, moves } = await page.evaluate(pour, [MOVES_PER_S, SECONDS]);
    const ended = await spent();
    const after = await heapBytes(cdp);
    await leave();
    const texts = sink.posts.map(({ text }) => text);
    const told = peer.told ? texts.flatMap(peer.told) : [];
    return {
      // In a flood there are only moves to be told.
      clicksTold: told.length,
      moves,
      frames: frames.length,
      late: frames.filter((ms) => ms > MAX_FRAME_MS).length / frames.length,
      longest: Math.max(...frames),
      scriptMs: ended.script - began.script,
      jsBefore: before.js,
      jsAfter: after.js,
      wasmBefore: before.wasm,
      wasmAfter: after.wasm,
      told: told.reduce((all, [, count]) => all + count, 0),
      bytes: sink.posts.reduce((all, { body }) => all + body.length, 0),
    };
  });
}

/**
 * Dispatches moves over the page's articles, as many as are due, and notes how long each frame took; runs in the page. The browser
 * would make one event a frame of moves that come from a device, so these are made by script.
 */
function pour([perSecond, seconds]) {
  const targets = [...document.querySelectorAll(".product-card *")]
    .map((el) => [el, el.getBoundingClientRect()])
    .filter(([, { bottom }]) => bottom < innerHeight);
  return new Promise((done) => {
    const frames = [];
    const start = performance.now();
    let [moves, last] = [0, start];
    const move = () => {
      const [el, { x, y }] = targets[(moves >> 4) % targets.length];
      const offset = moves % 16;
      const place = { clientX: x + offset * 4, clientY: y + offset };
      const how = { bubbles: true, composed: true, pointerType: "mouse" };
      el.dispatchEvent(new PointerEvent("pointermove", { ...how, ...place }));
      moves += 1;
    };
    const timer = setInterval(() => {
      const due = ((performance.now() - start) * perSecond) / 1000;
      while (moves < due) move();
    });
    const frame = (now) => {
      frames.push(now - last);
      last = now;
      if (now - start < seconds * 1000) return requestAnimationFrame(frame);
      clearInterval(timer);
      done({ frames: frames.slice(1), moves });
    };
    requestAnimationFrame(frame);
  });
}

const kib = (bytes) => (bytes / 1024).toFixed(0);
const COLUMNS = [
  ["peer", ({ name }) => name],
  ["moves", ({ own }) => own.moves.toLocaleString("en-US")],
  ["frames", ({ own }) => own.frames.toFixed(0)],
  [`over ${MAX_FRAME_MS} ms`, ({ own }) => `${(100 * own.late).toFixed(2)} %`],
  ["longest ms", ({ own }) => own.longest.toFixed(0)],
  ["script ms", ({ own }) => own.scriptMs.toFixed(0)],
  ["JS heap KiB", ({ own }) => `${kib(own.jsBefore)} → ${kib(own.jsAfter)}`],
  ["Wasm KiB", ({ own }) => `${kib(own.wasmBefore)} → ${kib(own.wasmAfter)}`],
  ["points told", ({ own }) => own.told.toFixed(0)],
  ["bytes", ({ own }) => own.bytes.toLocaleString("en-US")],
];

/** Writes the table of floods; see `markdown` for its rows. */
export const floodTable = (rows) => markdown(rows, COLUMNS);

/** Says what a flood is. */
export const ABOUT = `${MOVES_PER_S} moves a second, made by script, for ${SECONDS} s`;
