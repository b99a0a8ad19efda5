// Where the visitor presses, and where the pointer goes, as places in elements.
// @ts-check
import { POINTED } from "./codes.js";
import { selectorOf } from "./selector.js";
import { IGNORED, pointerOf } from "./shared.js";

/** Code of a key: `Pointer` of src/heatmap.rs. */
const KEY_PRESS = 3;

/** Returns whole CSS pixels; 0 for what lies outside. @param {number} px */
const pixels = (px) => Math.max(0, Math.round(px));

/**
 * Returns `press`, which tells a click on an element: its event, the element, those around it that mean anything to a click, and
 * whether it was kept from before the start; and `count`, which tells what js/heat.js has counted, where it counts.
 * @param {Record<string, any>} edge see js/behaviour.js @param {any} on
 * @param {any[] | undefined} heat `follow` of js/heat.js, and what it is to follow
 * @param {(el: any) => boolean} isSpared whether clicking an element often or in vain means nothing
 * @param {((event: any, el: any, those: Element[]) => void) | undefined} watch begins the watch for the answer to a click
 */
export function followPresses(edge, on, heat, isSpared, watch) {
  const { after, at, away, report, up } = edge;
  /**
   * Returns what tells points of an element, see `POINTED`; the element's place is that of now.
   * @param {any} el @param {any} frame see js/heat.js
   */
  function tellerOf(el, frame = [0, scrollX, scrollY]) {
    const [fixed, right, down, scrolledX = 0, scrolledY = 0, box] = frame;
    const { left, top, width, height } = el.getBoundingClientRect();
    const edges = [left + right, top + down, width, height];
    const selectors = [selectorOf(el), box ? selectorOf(box) : ""];
    /** @param {number} flags @param {number} x place in the window; NaN for the middle of the element @param {number} y
     * @param {number} timeStamp @param {number} [stayed] @param {string} [link] */
    return (flags, x, y, timeStamp, stayed = 0, link = "") => {
      const place = isNaN(x) ? [width / 2, height / 2] : [x - left, y - top];
      report(
        POINTED,
        at(timeStamp),
        [
          flags | fixed,
          ...[...edges, ...place, scrolledX, scrolledY, stayed].map(pixels),
        ],
        link,
        ...selectors,
      );
    };
  }

  const [follow, wanted, tracked, card] = heat ?? [];
  /** @param {any} el @param {any} frame */
  const teller = (el, frame) =>
    up(el, IGNORED) ? undefined : tellerOf(el, frame);
  const frameOf = follow?.(edge, on, wanted, tracked, card, teller);

  const press = (
    /** @type {any} */ event,
    /** @type {any} */ el,
    /** @type {Element[]} */ those,
    /** @type {boolean} */ kept,
  ) => {
    const { detail, clientX, clientY, pointerType, timeStamp } = event;
    // A key that activates has no place; WebKit says the middle of the element, but no pointer either.
    const keyed = !detail && (pointerType === "" || (!clientX && !clientY));
    // A third click selects the paragraph.
    const selects = detail > 2 && getSelection()?.type === "Range";
    const tell = tellerOf(el, frameOf?.(el));
    const pointer = keyed ? KEY_PRESS : pointerOf(pointerType);
    // What is left to read stays as it is, and costs less where several clicks wait for it.
    after(() => {
      const link = /** @type {any} */ (
        those.find((one) => one.matches("a[href]"))
      );
      const flags =
        (selects || isSpared(el) ? 1 : 0) |
        (link?.hasAttribute("download") ? 2 : 0);
      if (link && !event.defaultPrevented) away(at(timeStamp));
      tell(
        flags | (pointer << 3),
        keyed ? NaN : clientX,
        clientY,
        timeStamp,
        0,
        link?.href,
      );
    });
    // What was kept from before the start has been answered by now, or not: nobody saw.
    if (!keyed && !kept && !selects) watch?.(event, el, those);
  };
  return { press, count: frameOf?.count };
}
