// Keeps the first clicks and submits until the Wasm is there.
// @ts-check

/** Nobody does more in the second that loading takes. */
const MOST = 50;

/**
 * Starts keeping `[event, target]` pairs; returns them and the stop. The target is kept because `composedPath()` is empty
 * once an event is over.
 * @returns {{ kept: [Event, EventTarget | null][], stop: () => void }}
 */
export function early() {
  /** @type {[Event, EventTarget | null][]} */
  const kept = [];
  /** @param {Event} event */
  const keep = (event) => {
    if (kept.length < MOST) kept.push([event, event.composedPath()[0]]);
  };
  const options = { capture: true, passive: true };
  const types = ["click", "submit"];
  types.forEach((type) => document.addEventListener(type, keep, options));
  const stop = () =>
    types.forEach((type) => document.removeEventListener(type, keep, options));
  return { kept, stop };
}
