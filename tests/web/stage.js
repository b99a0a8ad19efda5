// A page for the tests of the edge: its content, what a visitor does there, and the network's end.
// The snippets of the crate and this file lie in one folder of wasm-bindgen, so that all share one dom.js.
import { at, connect, isSelector, page } from "../../src/web/dom.js";
import { listen as hook } from "../../src/web/listen.js";
import { ask, ASKED, deliver, FLUSHED } from "../../src/web/report.js";
import { allow, load } from "../../src/web/store.js";
import { read } from "../../js/config.js";
import { guard } from "../../js/guard.js";
import * as behaviour from "../../js/behaviour.js";
import * as heat from "../../js/heat.js";
import * as media from "../../js/media.js";

export { at as now, load as saved, page as facts };

/** @type {any} */
let sink;
/** @type {string[]} */
let told = [];
/** @type {string[]} */
let sent = [];
let home = "";

/** Begins a fresh page; `calls` are the exports of the edge. @param {string} html @param {any} calls */
export function raise(html, calls) {
  strike();
  told = [];
  sent = [];
  home = location.href;
  navigator.sendBeacon = (url, body) => sent.push(`beacon ${url} ${body}`) > 0;
  window.fetch = async (url, init) => {
    sent.push(`post ${url} ${init?.body}`);
    return new Response(null, { status: 204 });
  };
  const stage = document.createElement("div");
  stage.id = "stage";
  stage.innerHTML = html;
  document.body.append(stage);
  // No test leaves the page.
  stage.addEventListener("submit", (event) => event.preventDefault());
  for (const host of stage.querySelectorAll("template[data-shadow]")) {
    const root = host.parentElement.attachShadow({ mode: "open" });
    root.append(host.content);
    host.remove();
  }
  sink = guard(calls);
  sink.$listeners.add(({ name, params }) =>
    told.push(`${name} ${JSON.stringify(params)}`),
  );
  sink.$behaviour = behaviour;
  sink.$heat = heat;
  sink.$part = async () => media;
  connect(sink);
}

/** Stops spoor and clears the page. */
function strike() {
  sink?.$detach();
  document.getElementById("stage")?.remove();
  delete document.visibilityState;
  if (home) history.replaceState(null, "", home);
  scrollTo(0, 0);
}

/** Takes back what was hooked; the edge itself lives on. */
export const unhook = () => sink.$unhook();

/** Forgets the visit. */
export const forget = () => localStorage.clear();

/** @type {any} */
let plan;

/** Returns what the core is told of a config; a fault of it is thrown. @param {string} json */
export function config(json) {
  plan = read(JSON.parse(json), isSelector);
  if (plan.$faults[0]) throw new Error(JSON.stringify(plan.$faults));
  sink.$query = plan.$query;
  sink.$room = plan.$room;
  sink.$collector = plan.$collector;
  allow(!JSON.parse(json).consent);
  return plan.$core;
}

/** Clicks on an element before the page is hooked, as js/early.js keeps it. @param {string} path */
export function keep(path) {
  const el = find(path);
  el.addEventListener("click", (event) => {
    sink.$early = [[event, el, new Map([[path, el]])]];
  });
  click_at(path, 2, 2);
}

/** Hooks the page as that config wants it. */
export const listen = () => hook(plan);

/** Sends all that waits. */
export const flush = () => void ask(FLUSHED);

/** Returns how things stand. */
export function status() {
  ask(ASKED);
  return sink.$answer;
}

/** Returns what was recognised. */
export function heard() {
  deliver();
  return told;
}

/** Returns what was sent. */
export function network() {
  deliver();
  return sent;
}

/** Finds an element, through shadow roots by ` >>> `. @param {string} path */
function find(path) {
  return path
    .split(" >>> ")
    .reduce(
      (root, part) => (root.shadowRoot ?? root).querySelector(part),
      document,
    );
}

/** Activates an element by its key, as `click()` does. @param {string} path */
export const press_key = (path) => find(path).click();

/** Clicks on an element, `x`, `y` from its edges. @param {string} path @param {number} x @param {number} y */
export function click_at(path, x, y) {
  const { left, top } = find(path).getBoundingClientRect();
  const place = { clientX: left + x, clientY: top + y, detail: 1 };
  const shared = { bubbles: true, composed: true, cancelable: true };
  find(path).dispatchEvent(new MouseEvent("click", { ...place, ...shared }));
}

/** Moves the mouse over an element, to `x`, `y` from its edges. @param {string} path @param {number} x @param {number} y */
export function move_to(path, x, y) {
  const { left, top } = find(path).getBoundingClientRect();
  const [clientX, clientY] = [left + x, top + y];
  // Without its window, an event does not know how far that is scrolled.
  const place = { clientX, clientY, pointerType: "mouse", view: window };
  for (const type of ["pointerover", "pointermove"])
    find(path).dispatchEvent(
      new PointerEvent(type, { ...place, bubbles: true, composed: true }),
    );
}

/** Scrolls a box down. @param {string} path @param {number} pixels */
export const scroll_box = (path, pixels) => find(path).scrollTo(0, pixels);

/** Changes an attribute. @param {string} path @param {string} name @param {string} value */
export const mark = (path, name, value) => find(path).setAttribute(name, value);

/** Where an element stands in the page: left, top, width, height. @param {string} path */
export function place(path) {
  const { left, top, width, height } = find(path).getBoundingClientRect();
  return [left + scrollX, top + scrollY, width, height].map(Math.round);
}

/** Types into a field. @param {string} path @param {string} text */
export function type(path, text) {
  find(path).value = text;
  find(path).dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {string} path */
export const submit = (path) => find(path).requestSubmit();

/** The page goes out of view. */
export function hide() {
  Object.defineProperty(document, "visibilityState", {
    configurable: true,
    value: "hidden",
  });
  document.dispatchEvent(new Event("visibilitychange"));
}

export const leave = () => dispatchEvent(new Event("pagehide"));

/** @param {string} url */
export const push = (url) => history.pushState(null, "", url);
/** @param {string} url */
export const replace = (url) => history.replaceState(null, "", url);

/** Scrolls until this share of the document, in percent, is in view. @param {number} percent */
export function scroll_to(percent) {
  const { scrollHeight } = document.documentElement;
  scrollTo(0, (scrollHeight * percent) / 100 - innerHeight);
}

/** Resolves once the browser has drawn, and told of it, twice. */
export const drawn = () =>
  new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))),
  );

/** @param {number} ms */
export const paused = (ms) => new Promise((done) => setTimeout(done, ms));

/** Shows what was hidden. @param {string} path */
export const reveal = (path) => find(path).removeAttribute("hidden");

/** Plays `video` from and to a second, and resolves when each was heard: a stand-in, since no codec is sure to be there. @param {string} path @param {number} from @param {number} to */
export async function play(path, from, to) {
  const video = find(path);
  const put = (name, value) =>
    Object.defineProperty(video, name, { configurable: true, value });
  put("duration", 10);
  put("paused", false);
  put("currentTime", from);
  const happen = (type) => {
    video.dispatchEvent(new Event(type));
    // A player does one thing in a task.
    return new Promise((done) => setTimeout(done));
  };
  await happen("play");
  for (let second = from; second < to; second++) {
    put("currentTime", second + 1);
    await happen("timeupdate");
  }
}
