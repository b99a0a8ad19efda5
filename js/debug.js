// Says each step in the console: what the core hears of the page, and what it has done. Loaded only where the config's `debug` is on.
// @ts-check
import {
  ACTED,
  ADOPTED,
  ANSWERED,
  ASKED,
  CONNECTED,
  ERRED,
  FLUSHED,
  FORM,
  HIDDEN,
  IDENTIFIED,
  LEFT,
  MEDIA,
  MOVED,
  OFFERED,
  PRESSED,
  PUSHED,
  SAVED,
  SCROLLED,
  SETTLED,
  SHARED,
  TRACKED,
  TURNED,
  UNANSWERED,
} from "../src/web/report.js";

const HEARD = byCode({
  ACTED,
  ADOPTED,
  ANSWERED,
  ASKED,
  CONNECTED,
  ERRED,
  FLUSHED,
  FORM,
  HIDDEN,
  IDENTIFIED,
  LEFT,
  MEDIA,
  MOVED,
  OFFERED,
  PRESSED,
  PUSHED,
  SAVED,
  SCROLLED,
  SETTLED,
  SHARED,
  TRACKED,
  TURNED,
  UNANSWERED,
});
/** As in `DEEDS` of src/web/dom.js. */
const DONE = "send tell answer save wake drop keep draft".split(" ");

/** @param {Record<string, number>} codes @returns {string[]} */
function byCode(codes) {
  /** @type {string[]} */
  const names = [];
  for (const name in codes) names[codes[name]] = name.toLowerCase();
  return names;
}

/**
 * Says lines that the core hears, or one thing that it has done.
 * @param {"hears" | "does"} verb @param {string[]} lines each a code and, behind separators, what goes with it
 */
export function say(verb, lines) {
  for (const line of lines) {
    const [code, ...said] = line.split(/[\x1c-\x1f]/);
    const name = (verb === "hears" ? HEARD : DONE)[+code] ?? code;
    console.debug(`spoor ${verb}: ${name}`, ...said);
  }
}
