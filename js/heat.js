// Heatmap points beside clicks: where the pointer goes, where it stays, and in what the elements under it scroll. A part of its own,
// loaded where the config asks for heatmaps.
// @ts-check
import { counter } from "../src/web/grid.js";
import { pointerOf } from "../src/web/shared.js";

/** Codes of `Kind` in src/heatmap.rs. */
const [MOVE, HOVER] = [1, 2];
/** A finger does not hover. */
const TOUCH = "touch";
/** Unless the config says otherwise, the pointer's place is told so often, and so many times on a page view. */
const EVERY_MS = 100;
const MOST = 3000;
/** Less of a move is none: a hand is not that still. */
const MIN_PX = 4;
/** Who stays shorter is passing by. */
const MIN_STAY_MS = 300;
/** In what an element scrolls changes with classes and windows: it is looked up anew after this. */
const FRAME_MS = 5000;
/** Moves are told of parts of the page as large as these: what is within comes and goes, and would be named for each. */
const REGIONS =
  "main,header,footer,nav,section,article,aside,form,dialog,[role=dialog],[data-sku],[data-product-id],body";

/**
 * Follows the pointer; returns `frameOf`, which says of an element 4 where it does not scroll with the page, else 0; what is to be added
 * to places in the window, right and down; how far the box that scrolls it is scrolled, and that box.
 * @param {Record<string, any>} edge what src/web/listen.js lends: `up`, the nearest of an element and those around it that a selector
 * names; `after`, which does something once the page is idle, or left; `later`, which does it after so many ms at most
 * @param {(type: string, listener: (event: any) => void) => void} on hooks the window until spoor is stopped
 * @param {{ clicks?: boolean, moves?: { every_ms?: number, most?: number }, hovers?: boolean, grid?: number }} heat whether and how moves
 * are told: a place each so many ms, and at most so many on a page view; and all that the config says besides, see js/index.d.ts
 * @param {string} tracked selector of what is worth staying on
 * @param {string | undefined} card selector of what holds one item
 * @param {(el: any, frame: any) => ((flags: number, x: number, y: number, time: number, stayed: number) => void) | undefined} teller
 * returns what tells points of an element in its frame, unless it is not to be recorded: 8 times the code of the pointer and 32
 * times that of the kind, place in the window, time of the event
 */
export function follow(edge, on, heat, tracked, card, teller) {
  const { up, after } = edge;
  const { moves, grid } = heat;
  // A stay names its element.
  const hovers = heat.hovers && !grid;
  const { every_ms = EVERY_MS, most = MOST } = moves ?? {};
  const count = grid ? counter(edge, on, grid, heat.clicks, teller) : undefined;
  const regions = card ? `${REGIONS},${card}` : REGIONS;
  /** What scrolls an element, or holds it still in the window. @type {WeakMap<any, any>} */
  let holders = new WeakMap();
  let lookedAt = 0;

  /** @param {any} el @returns {any} */
  const holderOf = (el) => {
    if (!el || el === document.body || el === document.documentElement) return;
    if (!holders.has(el)) {
      const style = getComputedStyle(el);
      const { position } = style;
      // Sizes are cheap: of most elements, nothing more is asked.
      const scrolls =
        (el.scrollHeight > el.clientHeight ||
          el.scrollWidth > el.clientWidth) &&
        /auto|scroll/.test(style.overflowX + style.overflowY);
      const own =
        position === "fixed" ? { fixed: true } : scrolls ? { box: el } : 0;
      const parent = el.assignedSlot ?? el.parentElement;
      const outer = own || holderOf(parent ?? el.getRootNode().host);
      holders.set(el, outer);
    }
    return holders.get(el);
  };
  const frameOf = (/** @type {any} */ el) => {
    const now = performance.now();
    if (now - lookedAt > FRAME_MS) {
      holders = new WeakMap();
      lookedAt = now;
    }
    const holder = holderOf(el);
    if (holder?.fixed) return [4, 0, 0, 0, 0];
    // A box is told by its own place, and what is in it by how far that is scrolled.
    const box =
      holder?.box === el ? holderOf(el.parentElement)?.box : holder?.box;
    return [0, scrollX, scrollY, box?.scrollLeft, box?.scrollTop, box];
  };

  /** Places of the pointer that are still to be told. @type {any[]} */
  let waiting = [];
  /** @param {any} el @param {PointerEvent} event @param {number} kind @param {number} [stayed] */
  const wait = (el, event, kind, stayed = 0) => {
    if (waiting.push([el, event, kind, stayed]) < 2) after(tellAll);
  };
  const tellAll = () => {
    const all = waiting;
    waiting = [];
    const tellers = new Map();
    for (const [el, event, kind, stayed] of all) {
      if (!el.isConnected) continue;
      if (!tellers.has(el)) {
        const frame = frameOf(el);
        tellers.set(el, [teller(el, frame), ...frame]);
      }
      const [tell, fixed, right, down] = tellers.get(el);
      const pointer = pointerOf(event.pointerType);
      const { clientX, clientY, pageX, pageY, timeStamp } = event;
      // Where it would be in the window now: the page may have scrolled since.
      const [x, y] = fixed ? [clientX, clientY] : [pageX - right, pageY - down];
      tell?.(8 * pointer + 32 * kind, x, y, timeStamp, stayed);
    }
  };

  /** The last move, and when one was looked at, and where. @type {any} */
  let last;
  let lookedAtMove = -Infinity;
  let [toldX, toldY] = [-Infinity, -Infinity];
  /** Moves told of the page of this address. */
  let told = 0;
  let toldOf = "";
  /** The element under the last move that was looked at, and the part of the page that it is in. @type {any} */
  let under;
  /** @type {any} */
  let region;
  /** The element that the pointer is on, of those worth staying on, since when, and a move on it. @type {any} */
  let over;
  let overSince = 0;
  /** @type {any} */
  let overAt;

  const leave = (/** @type {number} */ time) => {
    const stayed = time - overSince;
    if (over && stayed >= MIN_STAY_MS) wait(over, overAt, HOVER, stayed);
    over = undefined;
  };
  /** @param {any} event */
  const look = (event) => {
    const { pageX, pageY, target, timeStamp } = event;
    lookedAtMove = timeStamp;
    // What it is in has not changed, mostly.
    if (target !== under) {
      under = target;
      region = up(target, regions);
      const el = hovers && tracked && up(target, tracked);
      if (el !== over) {
        leave(timeStamp);
        over = el;
        overSince = timeStamp;
      }
    }
    overAt = event;
    const isNear =
      Math.abs(pageX - toldX) < MIN_PX && Math.abs(pageY - toldY) < MIN_PX;
    if (!moves || isNear) return;
    [toldX, toldY] = [pageX, pageY];
    if (toldOf !== location.href) {
      toldOf = location.href;
      told = 0;
    }
    if (!region || ++told > most) return;
    if (count) count(event, MOVE);
    else wait(region, event, MOVE);
  };
  // Moves are many: of most, nothing but the time is asked.
  on("pointermove", (event) => {
    const before = last;
    last = event;
    const { timeStamp } = event;
    if (timeStamp - lookedAtMove < every_ms) return;
    if (event.pointerType === TOUCH) return;
    // Where it rested before it went on.
    if (before && timeStamp - before.timeStamp >= every_ms) look(before);
    look(event);
  });
  if (hovers && tracked)
    on("pointerdown", ({ timeStamp }) => {
      leave(timeStamp);
      // Who stays on after a click stays anew.
      under = undefined;
    });
  return Object.assign(frameOf, { count: count?.tell });
}
