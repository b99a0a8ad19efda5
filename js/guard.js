// The one way over the border. After a trap the Wasm is not to be trusted: unhook, stay silent, say so once.
// @ts-check

/** @param {unknown} reason */
export function warn(reason) {
  console.warn(`spoor: ${reason}`);
}

/**
 * Returns the sink, by which the page, its timers and its requests make the `calls` of the Wasm: none of them throws.
 * @param {Record<string, any>} calls @param {(args: any[]) => any[]} [lowered] makes arguments as the Wasm takes them
 */
export function guard(calls, lowered = (args) => args) {
  let alive = true;
  /** @type {Record<string, any>} */
  const sink = {
    /** @type {Set<(conversion: any) => void>} */
    $listeners: new Set(),
    /** Takes back what was hooked; src/web/listen.js puts its own in place. */
    $unhook() {},
    $detach() {
      sink.$unhook();
      alive = false;
    },
    $tell(/** @type {string} */ name, /** @type {string} */ params) {
      for (const listener of sink.$listeners) {
        try {
          listener({ name, params: JSON.parse(params) });
        } catch (error) {
          console.error(error);
        }
      }
    },
  };
  for (const name in calls) {
    sink[name] = (/** @type {any[]} */ ...args) => {
      try {
        if (alive) return calls[name](...lowered(args));
      } catch (error) {
        alive = false;
        sink.$unhook();
        warn(`stopped after an internal error: ${error}`);
      }
    };
  }
  return sink;
}
