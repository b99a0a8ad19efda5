/** What made a point: a click, a tap or a key that activates; the pointer that came by; the pointer that stayed on an element that
 * is tracked; the click that made a rage of those before; a click of which nothing came. */
export type Kind = "click" | "move" | "hover" | "rage" | "dead";

/** What was pointed with. A key's point is the middle of its element. */
export type Pointer = "mouse" | "touch" | "pen" | "key";

/** Against what a place is told: the page; the window, where the element does not scroll with the page; or the page as well, but a box
 * in it scrolls the element. */
export type Frame =
  | "page"
  | "window"
  | {
      /** Index of the box's selector. */
      scroller: number;
      /** How far right and down the box was scrolled, in CSS pixels. */
      scrolled: [right: number, down: number];
    };

/** An element under points, and where it stood. */
export interface Anchor {
  /** Index of the selector that finds it again. */
  selector: number;
  frame: Frame;
  /** Left and top edge against the frame, width and height, in CSS pixels. */
  rect: [x: number, y: number, width: number, height: number];
}

/** A point on an element. */
export interface Point {
  kind: Kind;
  pointer: Pointer;
  /** Index of its anchor. */
  anchor: number;
  /** Place in the frame of its anchor, in CSS pixels. Minus the left and top edge of the anchor, it is the place in the element; a
   * rounded move may lie just outside. */
  at: [x: number, y: number];
  /** Milliseconds since the page's `opened_at`, in steps of 10. */
  t: number;
  /** Milliseconds that the pointer stayed, in steps of 10; of `"hover"` alone. */
  stayed?: number;
}

/** What one chunk holds. */
export interface Chunk {
  /** CSS selectors of elements, and of boxes that scroll. ` >>> ` enters a shadow root; an empty one names nothing. */
  selectors: string[];
  anchors: Anchor[];
  /** The points, oldest first. */
  points: Point[];
}

/** Why something is not a chunk. */
export interface Broken extends Error {
  /** Byte at which reading stopped, from 0; of a text that is not base64url, the character. */
  offset: number;
  /** What is wrong there, in the words of the collector: `"no such anchor"`. */
  reason: string;
}

/** Returns what a chunk holds: `heat[].data` of an envelope, as it is (base64url without padding), or its bytes.
 *
 * Throws a `Broken` where they end early, go on too long, or name what is not there. Nobody has to trust the bytes: what it makes of
 * them is bounded by their number, and by 512 selectors, 512 anchors and 2,048 points.
 *
 * @example
 * import { unpack } from "spoor/heatmap";
 *
 * const { selectors, anchors, points } = unpack("BAEAAAQjYWRkAfCACsgG8AFYAYkcVRA");
 * for (const { kind, anchor, at, t } of points) {
 *   const { selector, rect } = anchors[anchor];
 *   console.log(t, kind, selectors[selector], at[0] - rect[0], at[1] - rect[1]);
 * }
 */
export function unpack(data: string | Uint8Array): Chunk;
