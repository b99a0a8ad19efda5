// What goes wrong: clicks to which nothing answers, errors, a cursor thrown about.
// @ts-check
import { at, sink, up } from "./dom.js";

/** Where clicking often, or without an effect to be seen, is what the thing is for. */
const SPARED =
  "input,textarea,select,option,label,summary,video,audio,iframe,canvas,dialog,[contenteditable],[download],[role=slider],[role=spinbutton],[role=dialog],[class*=carousel],[class*=slider],[class*=swiper],[class*=slick],[class*=splide],[class*=glide],[class*=stepper],[class*=quantity],[class*=qty],[class*=pagination],[class*=arrow],[class*=next],[class*=prev],[data-spoor-calm]";
/** What promises that something happens. */
const PROMISING =
  "a,button,[role=button],[role=link],[role=tab],[role=menuitem],[onclick]";
/** So long an answer may take. */
const ANSWER_MS = 900;
/** Moves of the pointer are looked at no oftener. */
const MOVE_MS = 25;
/** What shows that a click was answered. */
const ANSWERS =
  "scroll toggle play pause submit change input copy close fullscreenchange hashchange popstate visibilitychange pagehide";

/** Returns whether clicking `el` often means nothing. @param {any} event @param {any} el */
export function isSpared(event, el) {
  // A third click selects the paragraph.
  return (
    !!up(el, SPARED) || (event.detail > 2 && getSelection()?.type === "Range")
  );
}

/** Ends the watch for the answer to the last click. @type {() => void} */
let unwatch = () => {};

/** Watches for under a second whether anything answers a click. @param {any} event @param {any} el */
export function watch(event, el) {
  unwatch();
  const button = up(el, PROMISING);
  if (!button && getComputedStyle(el).cursor !== "pointer") return;
  const stop = new AbortController();
  const options = { capture: true, passive: true, signal: stop.signal };
  // Children of the whole document, attributes of the way to the element and of what lies around it.
  const observer = new MutationObserver(() => unwatch());
  observer.observe(document, {
    childList: true,
    subtree: true,
    characterData: true,
  });
  for (let above = el; above; above = above.parentElement)
    observer.observe(above, { attributes: true });
  const around = (button ?? el).parentElement?.parentElement ?? el;
  observer.observe(around, { attributes: true, subtree: true });
  const controls = button?.getAttribute("aria-controls");
  const controlled = controls && document.getElementById(controls);
  if (controlled) observer.observe(controlled, { attributes: true });
  for (const type of ANSWERS.split(" "))
    addEventListener(type, () => unwatch(), options);
  addEventListener(
    "blur",
    ({ target }) => target === window && unwatch(),
    options,
  );
  const asked = performance.now();
  const timer = setTimeout(() => {
    const led =
      button?.matches("a[href]:not([href^='#'])") && !event.defaultPrevented;
    const requests = performance.getEntriesByType("resource");
    const answered = led || (requests.at(-1)?.startTime ?? 0) > asked;
    unwatch();
    if (!answered) sink.noted(0, "", at());
  }, ANSWER_MS);
  unwatch = () => {
    clearTimeout(timer);
    observer.disconnect();
    stop.abort();
    unwatch = () => {};
  };
}

/** @param {any} on */
export function followErrors(on) {
  const report = (/** @type {any} */ error, where = "") =>
    sink.noted(1, `${error?.name ?? "Error"} ${where}`, at());
  on(
    "error",
    (/** @type {any} */ { error, message, filename, lineno }) =>
      message && report(error, `${filename?.split(/[?#]/)[0]}:${lineno}`),
    window,
  );
  on(
    "unhandledrejection",
    (/** @type {any} */ { reason }) => report(reason),
    window,
  );
}

/** @param {any} on */
export function followMoves(on) {
  let last = 0;
  on("pointermove", (/** @type {any} */ event) => {
    const { timeStamp, pointerType, buttons, clientX, clientY } = event;
    if (timeStamp - last < MOVE_MS || pointerType !== "mouse" || buttons)
      return;
    last = timeStamp;
    sink.moved(clientX, clientY, at(timeStamp));
  });
}

/** Ends what is being watched. */
export const forget = () => unwatch();
