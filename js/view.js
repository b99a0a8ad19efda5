// Sees whether an element was really seen, as rules with `seen` do: half of it in view for a second.
// @ts-check
import { IGNORED, wholeOf } from "../src/web/dom.js";

const SHARE = 0.5;
const SEEN_MS = 1000;
/** A small part of a large element may fill the window. */
const STEPS = [0.1, 0.25, SHARE];

/**
 * Calls `tell` once `el`, or as much of it as fits into the window, was seen; returns the undo.
 * @param {Element | null | undefined} el @param {() => void} tell
 */
export function whenSeen(el, tell) {
  if (!el) return () => {};
  let inView = false;
  /** @type {any} */
  let timer;
  // Nobody sees what a tab in the background shows.
  const look = () => {
    clearTimeout(timer);
    if (inView && document.visibilityState === "visible")
      timer = setTimeout(done, SEEN_MS);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      const entry = entries[entries.length - 1];
      const { intersectionRatio } = entry;
      const now =
        intersectionRatio > 0 && intersectionRatio >= SHARE * wholeOf(entry);
      if (now === inView) return;
      inView = now;
      look();
    },
    { threshold: STEPS },
  );
  const undo = () => {
    clearTimeout(timer);
    observer.disconnect();
    document.removeEventListener("visibilitychange", look);
  };
  const done = () => {
    undo();
    if (!el.closest(IGNORED)) tell();
  };
  observer.observe(el);
  document.addEventListener("visibilitychange", look);
  return undo;
}
