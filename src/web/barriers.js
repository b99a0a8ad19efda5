// What goes wrong: clicks to which nothing answers, errors, a cursor thrown about.
// @ts-check
import { ERRED, MOVED, UNANSWERED } from "./codes.js";
import { PROMISING, SLACK_MS, WAIT_MS } from "./shared.js";

/** Where clicking often, or without an effect to be seen, is what the thing is for. */
const SPARED =
  "input,textarea,select,option,label,summary,video,audio,iframe,canvas,dialog,[contenteditable],[download],[aria-disabled=true],[role=slider],[role=spinbutton],[role=dialog],[class*=carousel],[class*=slider],[class*=swiper],[class*=slick],[class*=splide],[class*=glide],[class*=stepper],[class*=quantity],[class*=qty],[class*=pagination],[class*=arrow],[class*=next],[class*=prev],[data-spoor-calm]";
/** Of the moves of a pointer, which come with each frame at most, every so many tells that somebody is there: the core takes 30 s
 * without a sign for absence. */
const STILL = 256;
/** Less of a move has no direction. */
const MOVE_PX = 30;
/** What shows that a click was answered. */
const ANSWERS =
  "scroll toggle play pause seeking submit change input copy close fullscreenchange hashchange popstate visibilitychange pagehide blur";

/**
 * Follows what is wanted; returns what js/behaviour.js does.
 * @param {Record<string, any>} edge @param {any} on @param {any} dead @param {any} errors @param {any} thrash
 */
export function followBarriers(edge, on, dead, errors, thrash) {
  const { above, at, later, report, requested, up } = edge;
  /** @param {any} el */
  const isSpared = (el) => !!up(el, SPARED);

  /** Sees what answers the last click. @type {MutationObserver | undefined} */
  let observer;
  /** What was clicked, where nothing has answered it yet. @type {any} */
  let watched;

  /** Ends the watch for the answer to the last click. */
  function unwatch() {
    if (watched) observer?.disconnect();
    watched = undefined;
  }

  /**
   * Watches for under a second whether anything answers a click.
   * @param {any} event @param {any} el @param {Element[]} those see `meant` of rules.js
   */
  function watch(event, el, those) {
    unwatch();
    const button = those.find((one) => one.matches(PROMISING));
    if (!button && getComputedStyle(el).cursor !== "pointer") return;
    const around = (button ?? el).parentElement?.parentElement ?? el;
    const root = /** @type {any} */ (el.getRootNode());
    const all = { childList: true, subtree: true, characterData: true };
    const look = (/** @type {any} */ node, /** @type {any} */ options) =>
      observer?.observe(node, options);
    look(document, all);
    if (root !== document) look(root, all);
    // Attributes change all the time somewhere: those of the way to the element count, of what lies around it, and of what it
    // controls.
    const within = { attributes: true, subtree: true };
    let on = around.contains(el) ? around : el;
    look(on, within);
    while ((on = above(on))) look(on, { attributes: true });
    const controlled = button?.getAttribute("aria-controls");
    if (controlled) {
      const menu = root.getElementById?.(controlled);
      if (menu) look(menu, within);
    }
    watched = {
      $at: at(event.timeStamp),
      $event: event,
      $el: el,
      $button: button,
    };
    later(judge, WAIT_MS);
  }

  /** Tells the click that was not answered in time. */
  function judge() {
    if (!watched) return;
    const { $at, $event, $el, $button } = watched;
    const left = $at + WAIT_MS - at();
    // Another click since: its time is not over.
    if (left > SLACK_MS) return later(judge, left);
    const leads =
      $button?.matches("a[href]:not([href^='#'])") && !$event.defaultPrevented;
    unwatch();
    if (!leads && requested() < $at && !isSpared($el)) report(UNANSWERED, at());
  }

  if (dead) {
    observer = new MutationObserver(unwatch);
    for (const type of ANSWERS.split(" "))
      on(type, (/** @type {Event} */ { target }) => {
        // A field that loses the focus is no answer; a window is.
        if (watched && (type !== "blur" || target === window)) unwatch();
      });
  }
  if (errors) followErrors(edge, on);
  if (thrash) followMoves(edge, on);
  return { isSpared, watch, unwatch };
}

/** @param {Record<string, any>} edge @param {any} on */
function followErrors({ at, plain, report }, on) {
  const tell = (/** @type {any} */ error, where = "") =>
    report(ERRED, at(), [], plain(`${error?.name ?? "Error"} ${where}`));
  on(
    "error",
    (/** @type {any} */ { error, message, filename, lineno }) =>
      message && tell(error, `${filename?.split(/[?#]/)[0]}:${lineno}`),
  );
  on("unhandledrejection", (/** @type {any} */ { reason }) => tell(reason));
}

/** @param {Record<string, any>} edge @param {any} on */
export function followMoves({ at, report }, on) {
  let moves = 0;
  // Where the pointer turned or stood last, and which way it went.
  let [atX, atY, wayX, wayY] = [0, 0, 0, 0];
  on("pointermove", (/** @type {any} */ event) => {
    // Each fact is asked for only where those before it do not decide: moves are many.
    const x = event.clientX - atX;
    const y = event.clientY - atY;
    const far = Math.abs(x) >= MOVE_PX || Math.abs(y) >= MOVE_PX;
    const turned = far && x * wayX + y * wayY < 0;
    if (far) {
      atX += x;
      atY += y;
      wayX = x;
      wayY = y;
    }
    if (!turned && ++moves < STILL) return;
    if (event.buttons || event.pointerType !== "mouse") return;
    moves = 0;
    report(MOVED, at(event.timeStamp), [turned ? 1 : 0]);
  });
}
