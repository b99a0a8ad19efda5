// Starts spoor once per page, whatever way it was loaded.
// @ts-check
import { at, page as facts, load as saved } from "../src/web/dom.js";
import { early } from "./early.js";
import { guard, warn } from "./guard.js";
import { pack } from "./pack.js";

/** Where all copies on a page find the one that runs. */
const RUNNING = Symbol.for("spoor");
const page = /** @type {any} */ (globalThis);

/**
 * Returns the `init` of an entry, which loads the Wasm by `load`.
 * @param {() => Promise<any>} load
 */
export function starter(load) {
  /** @type {Promise<any> | undefined} */
  let mine;
  /** @param {any} config */
  return function init(config) {
    if (page[RUNNING]) {
      if (page[RUNNING] !== mine)
        warn("runs on this page already; this second copy steps back");
      return page[RUNNING];
    }
    return (page[RUNNING] = mine = start(load, config));
  };
}

/** A page that is never idle is not waited for longer. */
const MAX_WAIT_MS = 500;

/**
 * Resolves when the page has time, and its first layout is done: the page's measures, asked for sooner, would force it.
 * Safari has no idle callbacks; there it is the next task.
 */
const idle = () =>
  new Promise((done) =>
    "requestIdleCallback" in globalThis
      ? requestIdleCallback(done, { timeout: MAX_WAIT_MS })
      : setTimeout(done),
  );

/** @param {() => Promise<any>} load @param {any} config */
async function start(load, config) {
  let sink = guard({});
  if (typeof document === "undefined")
    return facade(sink, "stopped", "no document here");
  if (
    config?.gpc !== false &&
    /** @type {any} */ (navigator).globalPrivacyControl
  ) {
    return facade(sink, "stopped", "Global Privacy Control");
  }
  const first = early(config?.track);
  try {
    const [spoor] = await Promise.all([load(), idle()]);
    sink = guard(spoor);
    sink.early = first.kept;
    sink.connect(sink);
    const seeds = crypto.getRandomValues(new BigUint64Array(2));
    sink.start(pack(config), facts(), saved(), ...seeds, at());
    if (sink.answer) throw sink.answer;
    return facade(sink, "running");
  } catch (error) {
    sink.detach();
    warn(`not started: ${error}`);
    return facade(guard({}), "failed", String(error));
  } finally {
    first.stop();
    delete sink.early;
  }
}

/**
 * Returns the tracker that shops see; inert where spoor did not start.
 * @param {Record<string, any>} sink @param {string} state @param {string} [reason]
 */
function facade(sink, state, reason) {
  /** Calls the core, and returns what that has to say. @param {string} name @param {any[]} args */
  const ask = (name, ...args) => {
    sink.answer = "";
    sink[name]?.(...args, at());
    return sink.answer;
  };
  return {
    /** @param {unknown} name @param {unknown} [params] */
    track(name, params) {
      const fault = ask("track", String(name), pack(params));
      if (fault) warn(fault);
    },
    /** @param {unknown} user */
    identify: (user) => void ask("identify", String(user)),
    page: () => void ask("turned", 2, facts()),
    flush: () => void ask("flush"),
    stop() {
      ask("hidden");
      sink.detach();
      state = "stopped";
      delete page[RUNNING];
    },
    status: () => ({ state, reason, ...JSON.parse(ask("status") || "{}") }),
    /** @param {string} type @param {(conversion: any) => void} listener */
    on(type, listener) {
      if (type !== "conversion" || typeof listener !== "function") {
        warn(`on("${type}"): there is only "conversion", with a function`);
        return () => {};
      }
      sink.listeners.add(listener);
      return () => sink.listeners.delete(listener);
    },
  };
}
