// Heatmap points beside clicks: where the pointer goes, where it stays, and in what the elements under it scroll. A part of its own,
// loaded where the config asks for heatmaps.
// @ts-check

/** Codes of `Kind` in src/heatmap.rs. */
const [MOVE, HOVER] = [1, 2];
/** Codes of `Pointer` there. A finger does not hover. */
const POINTERS = ["mouse", "touch", "pen"];
const TOUCH = 1;
/** Unless the config says otherwise, the pointer's place is told so often, and so many times on a page view. */
const EVERY_MS = 100;
const MOST = 3000;
/** Less of a move is none: a hand is not that still. */
const MIN_PX = 4;
/** Who stays shorter is passing by. */
const MIN_STAY_MS = 300;
/** In what an element scrolls changes with classes and windows: it is looked up anew after this. */
const FRAME_MS = 1000;
/** Moves are told of parts of the page as large as these: what is within comes and goes, and would be named for each. */
const REGIONS =
  "main,header,footer,nav,section,article,aside,form,dialog,[role=dialog],[data-sku],[data-product-id],body";

/**
 * Follows the pointer; returns `frameOf`, which says of an element 4 where it does not scroll with the page, else 0; what is to be added
 * to places in the window, right and down; how far the box that scrolls it is scrolled, and that box.
 * @param {{ every_ms?: number, most?: number } | undefined} moves whether and how moves are told: a place each so many ms, and at most
 * so many on a page view
 * @param {string} tracked selector of what is worth staying on; empty where nobody asks
 * @param {string | undefined} card selector of what holds one item
 * @param {(type: string, listener: (event: any) => void) => void} on hooks the window until spoor is stopped
 * @param {(el: any, selector: string) => any} up the nearest of an element and those around it that a selector names
 * @param {(task: () => void) => void} after does something once the page is idle, or left
 * @param {(el: any, frame: any, pointing: number, x: number, y: number, time: number, stayed: number) => void} tell
 * tells a point of an element: its frame, the code of its pointer and 4 times that of its kind, and its place in the window
 */
export function follow(moves, tracked, card, on, up, after, tell) {
  const { every_ms = EVERY_MS, most = MOST } = moves ?? {};
  const regions = card ? `${REGIONS},${card}` : REGIONS;
  /** What scrolls an element, or holds it still in the window. @type {WeakMap<any, any>} */
  let holders = new WeakMap();
  let lookedAt = 0;

  /** @param {any} el @returns {any} */
  const holderOf = (el) => {
    if (!el || el === document.body || el === document.documentElement) return;
    if (!holders.has(el)) {
      const { position, overflowX, overflowY } = getComputedStyle(el);
      const scrolls =
        /auto|scroll/.test(overflowX + overflowY) &&
        (el.scrollHeight > el.clientHeight || el.scrollWidth > el.clientWidth);
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
  /** @param {any} place @param {number} kind @param {any} el @param {number} [stayed] */
  const wait = (
    [, x, y, pageX, pageY, time, pointer],
    kind,
    el,
    stayed = 0,
  ) => {
    if (waiting.push([el, kind, x, y, pageX, pageY, time, pointer, stayed]) < 2)
      after(tellAll);
  };
  const tellAll = () => {
    const all = waiting;
    waiting = [];
    for (const [el, kind, x, y, pageX, pageY, time, pointer, stayed] of all) {
      if (!el.isConnected) continue;
      const frame = frameOf(el);
      const [fixed, right, down] = frame;
      // Where it would be in the window now: the page may have scrolled since.
      const [nowX, nowY] = fixed ? [x, y] : [pageX - right, pageY - down];
      tell(el, frame, pointer + 4 * kind, nowX, nowY, time, stayed);
    }
  };

  /** Where the pointer was told, and where it was seen since. @type {any} */
  let told;
  /** @type {any} */
  let last;
  let count = 0;
  let counted = "";
  const placeOf = (/** @type {PointerEvent} */ event) => [
    event.composedPath()[0],
    event.clientX,
    event.clientY,
    event.pageX,
    event.pageY,
    event.timeStamp,
    Math.max(0, POINTERS.indexOf(event.pointerType)),
  ];
  const keep = (/** @type {any} */ place) => {
    told = place;
    if (counted !== location.href) {
      counted = location.href;
      count = 0;
    }
    const region = count < most && up(place[0], regions);
    if (!region) return;
    count++;
    wait(place, MOVE, region);
  };
  const isNew = (/** @type {any} */ place) =>
    !told ||
    Math.abs(place[3] - told[3]) >= MIN_PX ||
    Math.abs(place[4] - told[4]) >= MIN_PX;

  /** The element that the pointer is on, and since when. @type {any} */
  let over;
  let overSince = 0;
  const leave = (/** @type {number} */ time) => {
    const stayed = time - overSince;
    if (over && last && stayed >= MIN_STAY_MS) wait(last, HOVER, over, stayed);
    over = undefined;
  };

  on("pointermove", (event) => {
    if (event.pointerType === POINTERS[TOUCH]) return;
    const { timeStamp } = event;
    const before = last;
    last = placeOf(event);
    if (!moves) return;
    // Where it rested before it went on.
    if (
      before &&
      before !== told &&
      timeStamp - before[5] >= every_ms &&
      isNew(before)
    )
      keep(before);
    if ((!told || timeStamp - told[5] >= every_ms) && isNew(last)) keep(last);
  });
  if (tracked) {
    on("pointerover", (event) => {
      if (event.pointerType === POINTERS[TOUCH]) return;
      const el = up(event.composedPath()[0], tracked);
      if (el === over) return;
      leave(event.timeStamp);
      over = el;
      overSince = event.timeStamp;
    });
    on("pointerdown", ({ timeStamp }) => leave(timeStamp));
  }
  return frameOf;
}
