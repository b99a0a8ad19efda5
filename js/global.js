// The script tag: configured by its data attributes or by queued calls, `spoor.push(["init", { ... }])`.
// @ts-check
import { warn } from "./guard.js";
import { stream } from "./load.js";
import { starter } from "./start.js";

const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const init = starter(() => stream(new URL("spoor.wasm", script.src)));
const page = /** @type {any} */ (window);

/** @type {any[][]} */
const queue = Array.isArray(page.spoor) ? page.spoor : [];
/** @type {Promise<any> | undefined} */
let started;

/** @param {any} config */
function begin(config) {
  started ??= init(config).then((/** @type {any} */ spoor) => {
    page.spoor = { ...spoor, push: (/** @type {any} */ entry) => call(spoor, entry) };
    queue.splice(0).forEach((entry) => call(spoor, entry));
  });
}

/** @param {any} spoor @param {any} entry */
function call(spoor, [name, ...args]) {
  if (typeof spoor[name] === "function") spoor[name](...args);
  else if (name !== "init") warn(`push(["${name}", ...]): no such call; known are ${Object.keys(spoor).join(", ")}`);
}

/** Holds calls until there is a config. @param {any[]} entry */
queue.push = (entry) => {
  if (entry[0] === "init") begin(entry[1]);
  else queue[queue.length] = entry;
  return queue.length;
};
page.spoor = queue;

const { collector, site } = script.dataset;
const first = queue.findIndex(([name]) => name === "init");
if (first >= 0) begin(queue.splice(first, 1)[0][1]);
else if (collector) begin({ collector, heatmap: true, ...(site && { site }) });
