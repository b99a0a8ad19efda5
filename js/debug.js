// Says each step in the console: what the core hears of the page, and what it has done. Loaded only where the config's `debug` is on.
// @ts-check
import * as codes from "../src/web/codes.js";

/** By its code, what is heard. @type {string[]} */
const HEARD = [];
for (const [name, code] of Object.entries(codes))
  HEARD[code] = name.toLowerCase();
/** As in `DEEDS` of src/web/dom.js. */
const DONE = "send tell answer save wake drop keep draft".split(" ");

/**
 * Says lines that the core hears, or what it has done.
 * @param {"hears" | "does"} verb @param {string[]} lines each a code and its numbers behind commas, and texts behind
 * separators
 */
export function say(verb, lines) {
  for (const line of lines) {
    const [head, ...texts] = line.split(/[\x1c-\x1f]/);
    const [code, ...numbers] = head.split(",");
    const name = (verb === "hears" ? HEARD : DONE)[+code] ?? code;
    console.debug(`spoor ${verb}: ${name}`, ...numbers, ...texts);
  }
}
