// Tells of routes where the browser has no Navigation API (before Safari 26.2 and Firefox 147): two methods of `history` are
// wrapped. A part of its own, loaded there alone.
// @ts-check

/** What a script may lead away from. */
const BUTTONS = "a,button,[role=button],[type=submit],[type=image]";

/**
 * Tells of each change of address without a load, 1 where it was merely replaced, else 0.
 * @param {any} on hooks the window @param {(code: number) => void} tell @param {() => void} led notes that what comes next may
 * have been led to @param {AbortSignal} signal ends it
 */
export function follow(on, tell, led, signal) {
  if (signal.aborted) return;
  on("popstate", () => tell(0));
  // Nobody tells where a script leads: what was pressed or sent just before may have led there.
  on("submit", led);
  on("click", (/** @type {Event} */ event) => {
    const path = event.composedPath();
    if (path.some((el) => el instanceof Element && el.matches(BUTTONS))) led();
  });
  /** @type {any} */
  const { history } = window;
  ["pushState", "replaceState"].forEach((name, code) => {
    const original = history[name];
    /** @this {any} @param {any[]} args */
    const wrapped = function (...args) {
      const result = original.apply(this, args);
      tell(code);
      return result;
    };
    history[name] = wrapped;
    signal.addEventListener("abort", () => {
      if (history[name] === wrapped) history[name] = original;
    });
  });
}
