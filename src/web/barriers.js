// What goes wrong: clicks to which nothing answers, errors, a cursor thrown about.
// @ts-check
import { above, at, sink, up } from "./dom.js";
import { requested } from "./rules.js";

/** Where clicking often, or without an effect to be seen, is what the thing is for. */
const SPARED =
  "input,textarea,select,option,label,summary,video,audio,iframe,canvas,dialog,[contenteditable],[download],[aria-disabled=true],[role=slider],[role=spinbutton],[role=dialog],[class*=carousel],[class*=slider],[class*=swiper],[class*=slick],[class*=splide],[class*=glide],[class*=stepper],[class*=quantity],[class*=qty],[class*=pagination],[class*=arrow],[class*=next],[class*=prev],[data-spoor-calm]";
/** What promises that something happens. */
const PROMISING =
  "a,button,[role=button],[role=link],[role=tab],[role=menuitem],[onclick]";
/** Moves without a turn are told this often: the core takes 30 s without a sign for absence. */
const STILL_MS = 5000;
/** So long an answer may take. */
const ANSWER_MS = 900;
/** Moves of the pointer are looked at no oftener. */
const MOVE_MS = 25;
/** Less of a move has no direction. */
const MOVE_PX = 30;
/** What shows that a click was answered. */
const ANSWERS =
  "scroll toggle play pause seeking submit change input copy close fullscreenchange hashchange popstate visibilitychange pagehide blur";

/** Returns whether clicking `el` often means nothing. @param {any} event @param {any} el */
export const isSpared = (event, el) =>
  // A third click selects the paragraph.
  up(el, SPARED) || (event.detail > 2 && getSelection()?.type === "Range");

/** Ends the watch for the answer to the last click. */
export let unwatch = () => {};

/** Hears what may answer a click. @param {any} on */
export function followAnswers(on) {
  for (const type of ANSWERS.split(" "))
    on(type, (/** @type {Event} */ { target }) => {
      // A field that loses the focus is no answer; a window is.
      if (type !== "blur" || target === window) unwatch();
    });
}

/** Watches for under a second whether anything answers a click. @param {any} event @param {any} el */
export function watch(event, el) {
  unwatch();
  const button = up(el, PROMISING);
  if (!button && getComputedStyle(el).cursor !== "pointer") return;
  const around = (button ?? el).parentElement?.parentElement ?? el;
  const root = /** @type {any} */ (el.getRootNode());
  const observer = new MutationObserver(() => unwatch());
  for (const whole of new Set([document, root]))
    observer.observe(whole, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  // Attributes change all the time somewhere: those of the way to the element count, of what lies around it, and of what it
  // controls.
  for (let on = around.contains(el) ? around : el; on; on = above(on))
    observer.observe(on, { attributes: true, subtree: on === around });
  const controlled = root.getElementById?.(
    button?.getAttribute("aria-controls"),
  );
  if (controlled)
    observer.observe(controlled, { attributes: true, subtree: true });
  const clicked = at();
  const timer = setTimeout(() => {
    const leads =
      button?.matches("a[href]:not([href^='#'])") && !event.defaultPrevented;
    unwatch();
    if (!leads && requested() < clicked) sink.$noted(0, "", at());
  }, ANSWER_MS);
  unwatch = () => {
    clearTimeout(timer);
    observer.disconnect();
    unwatch = () => {};
  };
}

/** @param {any} on */
export function followErrors(on) {
  const report = (/** @type {any} */ error, where = "") =>
    sink.$noted(1, `${error?.name ?? "Error"} ${where}`, at());
  on(
    "error",
    (/** @type {any} */ { error, message, filename, lineno }) =>
      message && report(error, `${filename?.split(/[?#]/)[0]}:${lineno}`),
  );
  on("unhandledrejection", (/** @type {any} */ { reason }) => report(reason));
}

/** @param {any} on */
export function followMoves(on) {
  let last = 0;
  let toldAt = 0;
  // Where the pointer turned or stood last, and which way it went.
  let [atX, atY, wayX, wayY] = [0, 0, 0, 0];
  on("pointermove", (/** @type {any} */ event) => {
    // Each fact is asked for only where those before it do not decide: moves are many.
    const { timeStamp } = event;
    if (timeStamp - last < MOVE_MS || event.buttons) return;
    if (event.pointerType !== "mouse") return;
    last = timeStamp;
    const x = event.clientX - atX;
    const y = event.clientY - atY;
    const far = Math.max(Math.abs(x), Math.abs(y)) >= MOVE_PX;
    const turned = far && x * wayX + y * wayY < 0;
    if (far) {
      atX += x;
      atY += y;
      wayX = x;
      wayY = y;
    }
    if (!turned && timeStamp - toldAt < STILL_MS) return;
    toldAt = timeStamp;
    sink.$moved(turned, at(timeStamp));
  });
}
