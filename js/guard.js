// The one way over the border. After a trap the Wasm is not to be trusted: unhook, stay silent, say so once.
// @ts-check

/** What the page, its timers and its requests call; exports of src/web/mod.rs. */
const CALLS = [
  "acted",
  "marked",
  "pressed",
  "media",
  "scrolled",
  "navigated",
  "hidden",
  "woke",
  "settled",
  "track",
  "identify",
  "page",
  "flush",
  "status",
];

/** @param {unknown} reason */
export function warn(reason) {
  console.warn(`spoor: ${reason}`);
}

/**
 * Returns the sink: every call on it reaches the handle that `attach` was given, or nothing; none throws.
 * @returns {Record<string, any>}
 */
export function guard() {
  /** @type {Record<string, any> | undefined} */
  let handle;
  /** @type {Set<(conversion: any) => void>} */
  const listeners = new Set();
  /** @type {Record<string, any>} */
  const sink = {
    listeners,
    unhook() {},
    attach(/** @type {any} */ spoor) {
      handle = spoor;
    },
    detach() {
      sink.unhook();
      handle?.stop();
      handle = undefined;
    },
    tell(/** @type {string} */ name, /** @type {any} */ params) {
      for (const listener of listeners) {
        try {
          listener({ name, params });
        } catch (error) {
          console.error(error);
        }
      }
    },
  };
  for (const name of CALLS) {
    sink[name] = (/** @type {any[]} */ ...args) => {
      try {
        return handle?.[name](...args);
      } catch (error) {
        // A text is a refusal of bad input, which harms nothing; anything else is a trap.
        if (typeof error !== "string") {
          handle = undefined;
          sink.unhook();
        }
        warn(typeof error === "string" ? error : `stopped after an internal error: ${error}`);
      }
    };
  }
  return sink;
}
