// Counts points by the cells of a grid over the page, in place of telling them: which cell it was, with what, and how often, is all that
// leaves the page; neither the element, nor the time, nor the order. Part of js/heat.js.
// @ts-check
import { IGNORED, pointerOf } from "./shared.js";

/** Code of `Kind` in src/heatmap.rs. */
const CLICK = 0;
/** A count is told after this, or as the page goes out of view: as often as points are. */
const COUNT_MS = 30_000;

/**
 * Returns what counts an event; its `tell` tells the counts of the page in view.
 * @param {Record<string, any>} edge `up` and `later`, as js/heat.js has them @param {any} on
 * @param {number} grid cells to the page's width; they are as high as they are wide
 * @param {boolean | undefined} clicks whether clicks are counted
 * @param {(el: any, frame: any) => any} teller as js/heat.js has it
 */
export function counter({ up, later }, on, grid, clicks, teller) {
  /** Points of each cell: kind, pointer, row and column, joined. @type {Map<string, number>} */
  const counts = new Map();
  let cell_px = 0;
  const tell = () => {
    if (!counts.size) return;
    const page = document.documentElement;
    const [right, down] = [scrollX, scrollY];
    const told = teller(page, [0, right, down]);
    const sorted = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
    counts.clear();
    const now = performance.now();
    for (const [key, count] of sorted) {
      const [kind, pointer, row, column] = key.split(" ").map(Number);
      const middle = (/** @type {number} */ n) => (n + 0.5) * cell_px;
      const place = [middle(column) - right, middle(row) - down];
      for (let n = 0; n < count; n++)
        told?.(8 * pointer + 32 * kind, ...place, now, kind === CLICK ? 1 : 0);
    }
  };
  /** @param {any} event @param {number} kind */
  const count = (event, kind) => {
    const { pageX, pageY, pointerType, detail, target } = event;
    // A key that activates has no place.
    if ((kind === CLICK && !detail) || up(target, IGNORED)) return;
    // The page may become wider: what was counted before keeps its cells.
    if (!counts.size) {
      cell_px = document.documentElement.scrollWidth / grid;
      later(tell, COUNT_MS);
    }
    const [row, column] = [pageY, pageX].map((px) => Math.floor(px / cell_px));
    const key = [kind, pointerOf(pointerType), row, column].join(" ");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  if (clicks !== false)
    on("click", (/** @type {any} */ event) => count(event, CLICK));
  on("visibilitychange", tell);
  on("pagehide", tell);
  return Object.assign(count, { tell });
}
