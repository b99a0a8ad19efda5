// The script tag: configured by its data attributes or by queued calls, `spoor.push(["init", { ... }])`.
// @ts-check
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

/** Calls that wait for the start. @type {any[][]} */
const queue = [];
/** @type {Promise<any> | undefined} */
let started;

/** @param {any} config */
function begin(config) {
  started ??= init(config).then((/** @type {any} */ spoor) => {
    page.spoor = {
      ...spoor,
      push: (/** @type {any} */ entry) => call(spoor, entry),
    };
    queue.splice(0).forEach((entry) => call(spoor, entry));
  });
}

/** @param {any} spoor @param {any} entry */
function call(spoor, [name, ...args]) {
  if (typeof spoor[name] === "function") spoor[name](...args);
  else if (name !== "init")
    warn(`push(["${name}", ...]): known are ${Object.keys(spoor)}`);
}

/** Starts at `init`, holds every other call until then. @param {any[]} entry */
function push(entry) {
  if (entry[0] === "init") begin(entry[1]);
  else queue.push(entry);
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
