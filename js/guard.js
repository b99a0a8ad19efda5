// The one way over the border. After a trap the Wasm is not to be trusted: unhook, stay silent, say so once.
// @ts-check

/** @param {unknown} reason */
export function warn(reason) {
  console.warn(`spoor: ${reason}`);
}

/**
 * Returns the sink, by which the page, its timers and its requests call the functions of `spoor`: none of them throws.
 * @param {Record<string, any>} spoor
 * @returns {Record<string, any>}
 */
export function guard(spoor) {
  let alive = true;
  /** @type {Record<string, any>} */
  const sink = {
    /** @type {Set<(conversion: any) => void>} */
    listeners: new Set(),
    /** Takes back what was hooked; src/web/dom.js puts its own in place. */
    unhook() {},
    detach() {
      sink.unhook();
      alive = false;
    },
    tell(/** @type {string} */ name, /** @type {string} */ params) {
      for (const listener of sink.listeners) {
        try {
          listener({ name, params: JSON.parse(params) });
        } catch (error) {
          console.error(error);
        }
      }
    },
  };
  for (const [name, call] of Object.entries(spoor)) {
    sink[name] = (/** @type {any[]} */ ...args) => {
      try {
        if (alive) return call(...args);
      } catch (error) {
        alive = false;
        sink.unhook();
        warn(`stopped after an internal error: ${error}`);
      }
    };
  }
  return sink;
}
