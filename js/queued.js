// What js/queues.js keeps in the browser until each collector has answered: a key for each batch, and once a collector has not answered, a
// copy in the cache that src/web/post.js has its own in, which is on disk at once.
// @ts-check
import { KEPT, KEY } from "../src/web/store.js";

/** src/web/store.js deletes the cache where the visitor denies, along with all keys of batches. */
const CACHE = KEY;
const QUEUED = /^spoor-([\da-f-]{36})\.q\d*$/;

/**
 * What waits for a collector still: the numbers of the requests that it has, and the losses that it is told of along with the batch.
 * @typedef {{ done?: number[], losses?: Record<string, number> }} Rest
 * @typedef {Record<string, Rest>} Rests by the names of collectors
 */

/** Returns the key of a batch; halves are kept for each collector by itself, with its `index`. @param {string} batch
 * @param {number | ""} [index] */
export const keyOf = (batch, index = "") => `${KEPT}${batch}.q${index}`;

/** Returns what is in a kept text; nothing of one that was not written here. @param {string} text @returns {[Rests, string]} */
function split(text) {
  const at = text.indexOf("\n");
  try {
    return [Object(JSON.parse(text.slice(0, at))), text.slice(at + 1)];
  } catch {
    return [{}, ""];
  }
}

/** Returns what keeps batches, where storage works and `mayStore()`. @param {() => boolean} mayStore */
export function keeping(mayStore) {
  let copies = false;
  /** The cache as it was opened last: what another page has deleted meanwhile holds nothing. @type {Cache | undefined} */
  let cache;

  /** Brings the copy of a key to what stands there now. @param {string} key */
  async function copy(key) {
    try {
      if (!localStorage.getItem(key)) await cache?.delete(`/${key}`);
      cache = await caches.open(CACHE);
      const text = localStorage.getItem(key);
      if (text && mayStore()) await cache.put(`/${key}`, new Response(text));
      // What was taken back meanwhile may have been so before it was there.
      if (!localStorage.getItem(key) || !mayStore())
        await cache.delete(`/${key}`);
      // Denied meanwhile: see src/web/store.js.
      if (!mayStore()) await caches.delete(CACHE);
    } catch {
      // The page's origin is not secure.
    }
  }

  /** Returns whether it could be kept. @param {string} key @param {Rests} rests @param {string} body */
  function keep(key, rests, body) {
    if (!mayStore()) return false;
    try {
      localStorage.setItem(key, `${JSON.stringify(rests)}\n${body}`);
      if (copies) copy(key);
      return true;
    } catch {
      return false;
    }
  }

  /** Returns what is kept under a key. @param {string} key @returns {[Rests, string]} */
  const load = (key) => split(localStorage.getItem(key) ?? "");

  return {
    keep,

    /** Returns all that is kept: key, batch, rests, body. @returns {[string, string, Rests, string][]} */
    all() {
      try {
        return Object.keys(mayStore() && localStorage).flatMap((key) => {
          const [, batch] = QUEUED.exec(key) ?? [];
          const [rests, body] = batch ? load(key) : [{}, ""];
          return batch && body ? [[key, batch, rests, body]] : [];
        });
      } catch {
        return [];
      }
    },

    /** Returns whether a collector has still to answer. @param {string} key @param {string} name */
    isWaiting(key, name) {
      try {
        return name in load(key)[0];
      } catch {
        return true;
      }
    },

    /** Notes that a collector has answered; the last one takes the batch away. @param {string} key @param {string} name */
    forget(key, name) {
      try {
        const [rests, body] = load(key);
        delete rests[name];
        if (Object.keys(rests)[0] !== undefined) keep(key, rests, body);
        else {
          localStorage.removeItem(key);
          if (copies) copy(key);
        }
      } catch {
        // Storage that was shut meanwhile.
      }
    },

    /** Notes more of what waits for a collector. @param {string} key @param {string} name @param {Rest} more */
    note(key, name, more) {
      try {
        const [rests, body] = load(key);
        if (rests[name])
          keep(key, { ...rests, [name]: { ...rests[name], ...more } }, body);
      } catch {
        // Likewise.
      }
    },

    /** Copies what is kept, from now on. */
    copyAll() {
      if (copies) return;
      copies = true;
      for (const [key] of this.all()) copy(key);
    },

    /** Puts back the copies of which the storage knows nothing: the browser was killed. To be asked before anything is sent: what has
     * just arrived may still have its copy. */
    async restore() {
      try {
        if (!mayStore() || !(await caches.has(CACHE))) return;
        copies = true;
        cache = await caches.open(CACHE);
        for (const { url } of await cache.keys()) {
          const key = url.split("/")[3];
          const copied = QUEUED.test(key) && (await cache.match(url));
          const text = copied && (await copied.text());
          if (text && mayStore() && !localStorage.getItem(key))
            localStorage.setItem(key, text);
        }
      } catch {
        // The page's origin is not secure, or its storage is full.
      }
    },
  };
}
