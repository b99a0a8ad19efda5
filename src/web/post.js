// Gets batches out of the page. A batch is kept in the browser's storage from its first moment until a collector has answered, so
// that a page that is closed or crashes loses none; whatever page comes later sends what is left there.
// @ts-check
import { at, plain, sink } from "./dom.js";
import { ADOPTED, deliver, report, SETTLED } from "./report.js";
import { isAllowed, KEPT, KEY, kept, load, save, ZIPS } from "./store.js";

/** Codes of `Way` in src/delivery.rs, besides 0. */
const [LARGE, LAST, OVER] = "123";
/** A collector that has not answered by then does not. */
const TIMEOUT_MS = 30_000;
/** A draft that the browser holds is sent even where the page lives on, but sleeps, for this long. */
const MAX_DEFERRED_MS = 60_000;

/** Where the key of a batch ends; that of one which js/queues.js keeps goes on. */
const BATCH_END = 42;

/** Begins the text of a batch that its page has given up to whoever comes next. */
const LEFT = "0";
/** The text of a batch, given up. @param {string} text */
const left = (text) => text.replace(/^0*(?=.)/, LEFT);

/** Characters of each batch that this page has put into the storage, or found there. @type {Map<string, number>} */
const stored = new Map();
/** What takes back a request that the browser would make by itself, by its batch. @type {Map<string, AbortController>} */
const deferred = new Map();
/** The batch of the draft; empty where there is none. */
let drafted = "";

const nothing = () => {};

/** Where batches are put besides, once one could not be sent: it is on disk at once, while a browser that is killed has not yet
 * written what is in its localStorage. @type {Cache | undefined} */
let copies;

/** @param {string} batch @param {string} [text] none for a batch that is kept no longer */
function copy(batch, text) {
  const name = `/${KEPT}${batch}`;
  (text
    ? copies
        ?.put(name, new Response(text))
        // What was taken back meanwhile may have been so before it was there.
        .then(() => stored.has(batch) || copy(batch))
    : copies?.delete(name)
  )?.catch(nothing);
}

/** Copies all that this page keeps, from now on; fails where the page's origin is not secure. */
async function copyAll() {
  if (stored.size) copies ??= await caches.open(KEY);
  stored.forEach((_, batch) => copy(batch, load(KEPT + batch)));
}

/** Puts back the copies of which the storage knows nothing: the browser was killed. */
async function restore() {
  if (!isAllowed || !(await caches.has(KEY))) return;
  copies ??= await caches.open(KEY);
  const all = await copies.keys();
  for (const { url } of all) {
    const key = url.split("/")[3];
    // Those of js/queues.js are its own to put back: what it has just delivered may still have its copy.
    const copied = !key[BATCH_END] && (await copies?.match(url));
    if (copied && !load(key) && save(left(await copied.text()), key)) take(key);
  }
  if (!all[0]) {
    copies = undefined;
    return caches.delete(KEY);
  }
}

/** Hands over the batches that are kept: pages that are gone can send theirs no more. */
export function adopt() {
  kept().forEach(take);
  restore().catch(nothing);
}

/** @param {string} key */
function take(key) {
  const batch = key.slice(KEPT.length);
  if (batch === drafted || key[BATCH_END]) return;
  const text = load(key);
  stored.set(batch, text.length);
  report(ADOPTED, at(), [text[0] === LEFT ? 1 : 0], batch, plain(text));
}

/** Lets go of the batch that is being sent, as the page is left: a page in the back/forward cache would hold it for ever. One that
 * still waits for its turn is sent without. */
export let letGo = nothing;

/**
 * Sends the body of a batch in a way of `Way` in src/delivery.rs. While one page posts what is kept, others wait for it.
 * @param {string} way @param {string} id @param {string} batch @param {string} body
 */
export function send(way, id, batch, body) {
  const isStored = stored.has(batch);
  const asked = sink;
  const settled = (status = 0, retryAfter = "") => {
    // Nobody else hears of it where spoor has stopped meanwhile, or even begun anew with other numbers.
    status < 200 || status > 299 || drop(batch);
    if (sink !== asked) return;
    // Asked for no wait, a collector that keeps failing would be asked without end.
    report(SETTLED, at(), [id, status], +retryAfter || "");
    deliver();
  };
  const handOver = () =>
    (sink.$net ?? navigator).sendBeacon(sink.$collector, body);
  /** @param {boolean} stays whether the page will still be there once the body is compressed */
  const turn = (stays = way !== LAST) => {
    // Where the visit is gone too, somebody has cleared the storage.
    if (isStored && load() && !load(KEPT + batch)) return settled(204);
    recall(batch);
    const zip = stays && sink.$zip;
    return post(body, way !== LARGE, zip, async (status, retryAfter) => {
      settled(
        status === 413 && (await split(batch, body, isStored)) ? 1 : status,
        retryAfter,
      );
    });
  };
  if (way === OVER) {
    const key = KEPT + batch;
    if (isStored) save(left(load(key)), key);
    else defer(batch, body) || handOver();
  } else if (!isStored && way === LAST) settled(handOver() ? 204 : 0);
  else if (!isStored || way === LAST || !navigator.locks) turn();
  else {
    const stop = new AbortController();
    const { signal } = stop;
    letGo = () => {
      letGo = nothing;
      stop.abort();
      turn(false);
    };
    navigator.locks
      .request(
        KEPT + batch,
        { signal },
        // Chromium may grant one that was aborted meanwhile.
        () =>
          signal.aborted ||
          new Promise((done) => {
            letGo = () => done(0);
            Promise.resolve(turn()).finally(letGo);
          }),
      )
      .catch(() => signal.aborted || settled());
  }
}

/**
 * Posts a body as text, which needs no preflight; `settled` gets the status (0 for no answer, or one that leads elsewhere) and
 * `Retry-After` in seconds. What was not taken is said once in the console.
 * @param {string} text @param {boolean} keepalive whether it outlives the page
 * @param {any} zip what compresses it, see js/gzip.js; without that, it is sent before this returns
 * @param {(status?: number, retryAfter?: string) => any} settled
 */
async function post(text, keepalive, zip, settled) {
  const url = sink.$collector;
  const stop = new AbortController();
  const { signal } = stop;
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  // Firefox tells a page that comes back from the back/forward cache nothing of what it had asked for.
  const restored = (/** @type {any} */ { persisted }) =>
    persisted && stop.abort();
  addEventListener("pageshow", restored);
  let [status, retryAfter] = [0, ""];
  let answer = "silent";
  try {
    const body = zip ? await zip(text) : text;
    // Followed, a redirect would arrive without the body.
    const redirect = "manual";
    const options = { method: "POST", body, keepalive, redirect, signal };
    const response = await Promise.race([
      (sink.$net ?? window).fetch(url, /** @type {RequestInit} */ (options)),
      new Promise((_, fail) => (signal.onabort = fail)),
    ]);
    const { headers } = response;
    const zips = /gzip/.test(headers.get("accept-encoding") ?? "");
    if (zips === !sink.$zips) learn(zips);
    ({ status } = response);
    // Who takes no gzip has not refused the batch.
    if (body !== text && !zips && status > 399 && status < 500)
      return post(text, keepalive, undefined, settled);
    answer = status ? "answered" : "elsewhere";
    retryAfter = headers.get("retry-after") ?? "";
    if (/\D/.test(retryAfter))
      retryAfter = (await sink.$part("date")).secondsUntil(headers);
  } catch {
    // No network, no permission for this origin, or too late; or the part is not there.
  } finally {
    clearTimeout(timer);
    removeEventListener("pageshow", restored);
  }
  if ((status < 200 || status > 299) && !sink.$warned) {
    sink.$warned = true;
    sink.$complain(url, answer, status);
    copyAll().catch(nothing);
  }
  await settled(status, retryAfter);
}

/** Has bodies compressed from now on, or no more; the pages to come know it too. @param {boolean} zips whether the collector takes gzip */
export async function learn(zips) {
  sink.$zips = zips;
  if (isAllowed) save(zips && sink.$collector, ZIPS);
  // Where the part is not there, nothing is compressed; nor is what js/outlets.js has yet to read.
  sink.$zip =
    zips && !sink.$net && (await sink.$part("gzip").catch(() => {}))?.zip;
}

/**
 * Puts the halves of a batch that is too large in its place. Returns whether there are any: of a single event there are none.
 * @param {string} batch @param {string} body @param {boolean} isStored
 */
async function split(batch, body, isStored) {
  try {
    const { halves } = await sink.$part("split");
    const parts = halves(body, batch, parseInt(load(KEPT + batch)) || 0);
    for (const [id, text] of parts) {
      if (isStored) keep(id, text);
      report(ADOPTED, at(), [1], id, text);
    }
    return parts.length;
  } catch {
    // The part is not there: as if there were no halves.
  }
}

/** Keeps a batch for pages to come, where that is allowed, and there is room. @param {string} batch its id @param {string} text */
export function keep(batch, text) {
  let bytes = text.length;
  for (const key of kept())
    bytes += stored.get(key.slice(KEPT.length)) ?? load(key).length;
  if (isAllowed && bytes <= sink.$room && save(text, KEPT + batch)) {
    stored.set(batch, text.length);
    copy(batch, text);
  }
}

/** Keeps a batch no longer. @param {string} batch its id */
export function drop(batch) {
  recall(batch);
  if (stored.delete(batch)) {
    save("", KEPT + batch);
    copy(batch);
  }
}

/**
 * Keeps what waits as a draft, and has the browser send it should the page come to an end, in place of the draft before.
 * @param {string} batch its id; empty where nothing waits @param {string} text
 */
export function draft(batch, text) {
  const before = drafted;
  drafted = batch;
  if (batch) {
    keep(batch, text);
    defer(batch, text.slice(text.indexOf("{")));
  }
  drop(before);
}

/**
 * Has the browser post `body` by itself once the page is gone; returns whether it will.
 * <https://wicg.github.io/pending-beacon/> @param {string} batch @param {string} body
 */
function defer(batch, body) {
  const stop = new AbortController();
  const { signal } = stop;
  const activateAfter = MAX_DEFERRED_MS;
  try {
    (sink.$net ?? /** @type {any} */ (window)).fetchLater(sink.$collector, {
      method: "POST",
      body,
      activateAfter,
      signal,
    });
    deferred.set(batch, stop);
    return true;
  } catch {
    // Chromium alone has it, and holds no more than 64 KiB of them.
  }
}

/** Takes back all that the browser would send by itself. */
export const forgo = () => deferred.forEach((_, batch) => recall(batch));

/** Takes a deferred request back. @param {string} batch */
function recall(batch) {
  deferred.get(batch)?.abort();
  deferred.delete(batch);
}
