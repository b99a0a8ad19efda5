// Keeps the first clicks and submits until the Wasm is there.
// @ts-check
import { isPressed, up } from "../src/web/dom.js";

/** Nobody does more in the second that loading takes. */
const MOST = 50;
/** Rules lie no deeper in a config. */
const MAX_DEPTH = 4;

/** Returns every text in `value`: the selectors of its rules are among them. @param {any} value @returns {string[]} */
const texts = (value, depth = MAX_DEPTH) =>
  value && depth
    ? typeof value === "string"
      ? [value]
      : Object.values(value).flatMap((part) => texts(part, depth - 1))
    : [];

/**
 * Starts keeping `[event, target, hits]`; returns them and the stop. The target is kept because `composedPath()` is empty
 * once an event is over; `hits`, what each selector of `track` finds above it and whether that was pressed, because the
 * shop's own handler changes the page: a heart that was clicked is no longer `[aria-pressed="false"]`.
 * @param {() => any} track what there is of it, asked for at each event
 * @returns {{ kept: [Event, EventTarget | null, Map<any, any>][], stop: () => void }}
 */
export function early(track) {
  /** @type {[Event, EventTarget | null, Map<any, any>][]} */
  const kept = [];
  /** @param {Event} event */
  const keep = (event) => {
    const target = event.composedPath()[0];
    const hits = new Map();
    for (const selector of texts(track())) {
      try {
        const hit = up(target, selector);
        hits.set(selector, hit);
        if (hit) hits.set(hit, isPressed(hit));
      } catch {
        // Not every text is a selector.
      }
    }
    if (kept.push([event, target, hits]) === MOST) stop();
  };
  const over = new AbortController();
  const stop = () => over.abort();
  for (const type of ["click", "submit"])
    globalThis.addEventListener?.(type, keep, {
      capture: true,
      passive: true,
      signal: over.signal,
    });
  return { kept, stop };
}
