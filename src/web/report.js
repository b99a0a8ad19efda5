// Tells the core what happened, a line for each thing, and all lines of a quarter of a second in one crossing: what is done
// often costs the page less than what is done each time, by half.
// @ts-check
import { at, sink } from "./dom.js";

// What a line says, and its fields behind code and time; src/heard.rs reads them.
/** Flags (1 pressed before, 2 in a card, 4 its item is the config's or the page's, 8 nobody acted), then the event's name, and
 * key and text of each of its facts. */
export const ACTED = 0;
/** Numbers of the rule and the element, whether enough of it is in view, for how many ms it must be; then as ACTED. */
export const SEEN = 1;
/** Flags (1 clicking it means nothing, 2 its link is a download), where the link around it leads, the element's selector, its left, top,
 * width and height on the page; x and y from there. */
export const PRESSED = 2;
/** Whether the pointer turned back. */
export const MOVED = 3;
/** Code of the event, number of the element, where it stands and how long it is in ms, flags (1 muted, 2 in view, 4 YouTube, 8
 * Vimeo); with the first report, title and address. */
export const MEDIA = 4;
/** From where to where the document is in view, in tenths of a percent, and the selector of the box, where it is none of the
 * document; `.` where nobody has scrolled yet. */
export const SCROLLED = 5;
/** Code of the event, number of the form, name of the field, name of the form or what is wrong with the field. */
export const FORM = 6;
/** Nothing came of the last click. */
export const UNANSWERED = 7;
/** What the error is. */
export const ERRED = 8;
/** Shared by the browser's own dialog. */
export const SHARED = 9;
/** The item that the page says it shows. */
export const OFFERED = 10;
/** Name and packed facts of an event of the shop's dataLayer. */
export const PUSHED = 11;
/** 0 to another place in its history, 1 its address was replaced, 2 the shop's own code says so, or it came back from the
 * back/forward cache; then the page's facts. */
export const TURNED = 12;
/** Name and packed parameters. */
export const TRACKED = 13;
/** Whom the shop's own code names. */
export const IDENTIFIED = 14;
/** What another tab has saved. */
export const SAVED = 15;
/** The visitor's answer and what is saved. */
export const ANSWERED = 16;
/** The page is out of view. */
export const HIDDEN = 17;
/** The page is being left; whether nothing on it led away. */
export const LEFT = 18;
/** The time that was waited for has come. */
export const WOKE = 19;
/** Number of the request, its status (0 where it failed), `Retry-After`. */
export const SETTLED = 20;
/** Send all that waits. */
export const FLUSHED = 21;
/** How do things stand? Told by `answer` of dom.js. */
export const ASKED = 22;

/** Milliseconds that what happened waits to be told: nobody sees them. Where the shop's own code listens, it does not wait. */
const WAIT_MS = 250;

/** Lines, and tasks that may tell some in their place. @type {any[]} */
let waiting = [];
/** @type {any} */
let timer;

/** Does `task` once the handlers of the event in hand have run. @param {string | (() => void)} task */
export function after(task) {
  waiting.push(task);
  timer ??= setTimeout(deliver, sink.$listeners.size ? 0 : WAIT_MS);
}

/** Tells the core soon. @param {number} code @param {number} time @param {any[]} fields texts without separators, or numbers */
export const report = (code, time, ...fields) =>
  after([code, Math.round(time), ...fields].join("\x1d"));

/** Tells the core at once, after all that waits; returns what `hear` of src/web/mod.rs does. @param {number} code
 * @param {any[]} fields */
export function ask(code, ...fields) {
  report(code, at(), ...fields);
  return deliver();
}

/** Tells all that waits. */
export function deliver() {
  clearTimeout(timer);
  timer = 0;
  const lines = [];
  for (let rest = waiting; rest[0];) {
    const entry = rest.shift();
    if (!entry.call) {
      lines.push(entry);
      continue;
    }
    waiting = [];
    quiet(entry)();
    // What a task tells stands where the task stood.
    rest = [...waiting, ...rest];
  }
  forget();
  return (
    lines[0] && sink.$hear?.(lines.join("\x1c"), sink.$listeners.size > 0, at())
  );
}

/** Forgets what waits. */
export function forget() {
  clearTimeout(timer);
  timer = undefined;
  waiting = [];
}

/** Returns `task` such that it does not throw: the page's console is for the page's own faults. @param {any} task */
export const quiet =
  (task) =>
  (/** @type {any} */ event = undefined) => {
    try {
      task(event);
    } catch {
      // Nothing that the page could mend.
    }
  };
