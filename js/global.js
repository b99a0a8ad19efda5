// The script tag: configured by its data attributes or by queued calls, `spoor.push(["init", { ... }])`.
// @ts-check
import { plain } from "../src/web/dom.js";
import { warn } from "./guard.js";
import { stream } from "./load.js";
import { RUNNING, starter } from "./start.js";

const script = /** @type {HTMLScriptElement} */ (document.currentScript);
/** Returns the address of a file that lies beside this one. @param {string} path */
const beside = (path) => new URL(path, script.src).href;
const init = starter(
  () => stream(beside("spoor.wasm")),
  (part) => import(beside(`${part}.js`)),
);
const page = /** @type {any} */ (window);

/** Calls that wait for the start. @type {any[]} */
const queue = [];
/** @type {Promise<any> | undefined} */
let started;
/** Whom they are for, once it runs. @type {any} */
let tracker;

/** @param {any} config */
function begin(config) {
  started ??= init(config).then((/** @type {any} */ spoor) => {
    tracker = spoor;
    page.spoor = { ...spoor, push };
    queue.splice(0).forEach(push);
  });
}

/** Starts at `init`, holds every other call until the tracker runs. @param {any} entry what a page has pushed, a list if it is right */
function push(entry) {
  const [given, ...args] = /** @type {any[]} */ ([]).concat(entry);
  const name = plain(given);
  if (name === "init") begin(args[0]);
  else if (!tracker) queue.push(entry);
  else if (typeof tracker[name] === "function") tracker[name](...args);
  else warn(`push(["${name}", ...]): known are ${Object.keys(tracker)}`);
}

if (page[RUNNING])
  // Says so, and leaves everything to the one that does.
  init({});
else {
  /** @type {any} */
  const before = Array.isArray(page.spoor) ? page.spoor : [];
  page.spoor = { push, first: before.first };
  before.forEach(push);

  const { collector, site, preset, consent } = script.dataset;
  if (collector) begin({ collector, site, preset, consent, heatmap: true });
}
