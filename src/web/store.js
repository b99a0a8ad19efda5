// The browser's storage: the visit, and under a key of its own each batch that no collector has confirmed yet.
// @ts-check

/** Where the visit is kept between pages. */
export const KEY = "spoor";
/** Where it is kept which collector takes gzip. */
export const ZIPS = `${KEY}.gzip`;
/** Begins the key of a batch, before its id. */
export const KEPT = `${KEY}-`;

/** Whether the visitor allows that the storage is used. */
export let isAllowed = false;
/** @param {boolean} is */
export const allow = (is) => (isAllowed = is);

/** Returns the saved text. Where storage is blocked, nothing outlives the page. */
export function load(key = KEY) {
  try {
    return (isAllowed && localStorage.getItem(key)) || "";
  } catch {
    return "";
  }
}

/** Saves a text; where it is empty, nothing any more, and without a key of its own no batch either, nor a copy of one. Returns whether it did:
 * storage may be blocked, or full. @param {string} text */
export function save(text, key = KEY) {
  try {
    if (text) localStorage.setItem(key, text);
    else
      for (const one of [key, ...(key === KEY ? [ZIPS, ...kept(true)] : [])])
        localStorage.removeItem(one);
    if (!text && key === KEY) caches.delete(KEY).catch(() => {});
    return true;
  } catch {}
}

/** Returns the keys of batches that are kept, and none of the shop's own. */
export function kept(may = isAllowed) {
  try {
    return Object.keys(may && localStorage).filter((key) =>
      /^spoor-[\da-f-]{36}/.test(key),
    );
  } catch {
    return [];
  }
}
