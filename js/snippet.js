// What a shop may write into the head of its pages: keeps calls, and the first clicks and submits with what they met, until spoor.js is
// there. dist/snippet.js is this as it is pasted.
// @ts-check
import { early } from "./early.js";

const page = /** @type {any} */ (window);
/** @type {any} */
const calls = (page.spoor ??= []);
calls.first = early(
  () =>
    calls.find?.((/** @type {any[]} */ [name]) => name === "init")?.[1].track,
);
