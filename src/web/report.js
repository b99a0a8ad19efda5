// Tells the core what happened, a line for each thing, and all lines of a quarter of a second in one crossing: what is done
// often costs the page less than what is done each time, by half.
// @ts-check
import { at, sink } from "./dom.js";

// What a line says, its numbers behind code and time, and its texts; src/heard.rs reads them.
/** Flags (1 pressed before, 2 in a card, 4 its item is the config's or the page's, 8 nobody acted); the event's name, and key and
 * text of each of its facts. */
export const ACTED = 1;
/** Flags (1 clicking it means nothing, 2 its link is a download), left, top, width and height of the element on the page, x and y
 * from there; where the link around it leads, the element's selector. */
export const PRESSED = 2;
/** Whether the pointer turned back. */
export const MOVED = 3;
/** Code of the event, number of the element, where it stands and how long it is in ms, flags (1 muted, 2 in view, 4 YouTube, 8
 * Vimeo); with the first line, title and address. */
export const MEDIA = 4;
/** From where to where the document is in view, in tenths of a percent; the selector of the box, where it is none of the document,
 * `.` where nobody has scrolled yet. */
export const SCROLLED = 5;
/** Code of the event, number of the form; name of the field, name of the form or what is wrong with the field. */
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
 * back/forward cache; the page's facts. */
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
/** Number of the request, its status (0 where it failed); `Retry-After`. */
export const SETTLED = 19;
/** Send all that waits. */
export const FLUSHED = 20;
/** How do things stand? Told by `answer` of dom.js. */
export const ASKED = 21;
/** 1 where its page has given it up, or it is part of one that was too large; id and text of a batch that is kept. */
export const ADOPTED = 22;
/** The network is back. */
export const CONNECTED = 23;

/** Milliseconds that what happened waits to be told; nobody sees them. Where the shop's own code listens, it does not wait. */
export const WAIT_MS = 900;
/** More than a visitor does meanwhile, so that a script's loop over `track` fills no memory. */
const MAX_WAITING = 500;
/** What is due this soon is done along with what is due. */
export const SLACK_MS = 100;

/** Lines in their parts, and tasks that may tell some in their place. @type {any[]} */
let waiting = [];
/** What is to be done later, and when. @type {Map<() => void, number>} */
const due = new Map();
let nextAt = Infinity;
/** @type {any} */
let timer;

/** Does `task` in `ms`, unless it is to be done sooner anyway: all that waits has one timer. @param {() => void} task @param {number} ms */
export function later(task, ms) {
  const then = performance.now() + ms;
  if (then < (due.get(task) ?? Infinity)) due.set(task, then);
  if (then < nextAt) arm(then, ms);
}

/** @param {number} then @param {number} ms */
function arm(then, ms) {
  clearTimeout(timer);
  nextAt = then;
  timer = setTimeout(beat, ms);
}

function beat() {
  nextAt = Infinity;
  const now = performance.now() + SLACK_MS;
  for (const [task, then] of [...due])
    if (then <= now) {
      due.delete(task);
      quiet(task)();
    }
  const next = Math.min(...due.values());
  if (next < nextAt) arm(next, next - now + SLACK_MS);
}

/** Does `task` once the handlers of the event in hand have run. @param {any[] | (() => void)} task or a line */
export function after(task) {
  const count = waiting.push(task);
  if (count < 2) later(deliver, sink.$listeners.size ? 0 : WAIT_MS);
  if (count > MAX_WAITING) deliver();
}

/** Tells the core soon. @param {number} code @param {number} time @param {any[]} [numbers] whole ones
 * @param {any[]} texts without separators */
export const report = (code, time, numbers = [], ...texts) =>
  after([[code, Math.round(time), ...numbers], ...texts]);

/** Tells the core at once, after all that waits; returns what `hear` of src/web/mod.rs does. @param {number} code
 * @param {any[]} [numbers] @param {any[]} texts */
export function ask(code, numbers, ...texts) {
  report(code, at(), numbers, ...texts);
  return deliver();
}

/** Tells all that waits, and what time it is. */
export function deliver() {
  const lines = [];
  for (let rest = waiting; rest[0];) {
    const entry = rest.shift();
    if (entry.call) {
      // What a task tells stands where the task stood.
      waiting = [];
      quiet(entry)();
      rest = [...waiting, ...rest];
    } else lines.push(entry.join("\x1d"));
  }
  waiting = [];
  due.delete(deliver);
  sink.$debug?.("hears", lines);
  return sink.$hear?.(lines.join("\x1c"), sink.$listeners.size > 0, at());
}

/** Forgets what waits. */
export function forget() {
  clearTimeout(timer);
  nextAt = Infinity;
  due.clear();
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
