// Tells the core what happened, a line for each thing, and all lines of a quarter of a second in one crossing: what is done
// often costs the page less than what is done each time, by half.
// @ts-check
import { at, sink, SLACK_MS, WAIT_MS } from "./dom.js";

export * from "./codes.js";

/** More than a visitor does meanwhile, so that a script's loop over `track` fills no memory. */
const MAX_WAITING = 500;

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
    if (then <= now && due.delete(task)) quiet(task)();
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
  due.clear();
  clearTimeout(timer);
  nextAt = Infinity;
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
