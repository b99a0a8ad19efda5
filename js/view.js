// Sees whether an element was really seen, as rules with `seen` do: half of it in view for a second.
// @ts-check

const SHARE = 0.5;
const SEEN_MS = 1000;
/** A small part of a large element may fill the window. */
const STEPS = [0.1, 0.25, SHARE];
const UNREAD = "[data-spoor-ignore]";

/** @param {DOMRectReadOnly} box */
const areaOf = ({ width, height }) => width * height;

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
      const { intersectionRatio, boundingClientRect, rootBounds } =
        entries[entries.length - 1];
      const whole = rootBounds
        ? Math.min(1, areaOf(rootBounds) / areaOf(boundingClientRect))
        : 1;
      const now = intersectionRatio > 0 && intersectionRatio >= SHARE * whole;
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
    if (!el.closest(UNREAD)) tell();
  };
  observer.observe(el);
  document.addEventListener("visibilitychange", look);
  return undo;
}
