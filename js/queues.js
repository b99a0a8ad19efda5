// Several collectors, each with a queue of its own, so that one that is down holds up no other. Loaded only where the config lists more
// than one. A batch is taken as soon as src/web/post.js posts it, kept under a key of its own until every collector has
// answered, and sent by the next page where this one ends before.
// @ts-check
import { secondsUntil } from "./date.js";
import { MAX_IN_FLIGHT, MAX_IN_FLIGHT_BYTES, REFUSED } from "./limits.js";

/** As in src/delivery.rs, where they have their reasons. */
const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 60_000;
const MAX_RETRY_AFTER_MS = 3_600_000;
const MIN_ADOPTED_MS = 10_000;
const TIMEOUT_MS = 30_000;
const QUEUE_BYTES = 512 * 1024;
const QUEUE_DAYS = 7;
const DAY_MS = 86_400_000;
/** What is kept: by the name of each collector that has not answered, the numbers of the requests that it has; a line break, and the
 * body. */
const KEPT = /^spoor-([\da-f-]{36})\.q$/;
const keyOf = (/** @type {string} */ batch) => `spoor-${batch}.q`;

/**
 * A batch on its way to one collector.
 * @typedef {{ batch: string, body: string, isKept: boolean, tries: number, isSent: boolean }} Parcel
 * @typedef {{ outlet: any, parcels: Parcel[], waitUntil: number, answered: Map<string, Set<number>>, isBusy: boolean }} Queue
 */

/**
 * Starts the queues; returns what takes a batch in place of `fetch`.
 * @param {any[]} outlets @param {{ post: (outlet: any, answered: Map<string, Set<number>>, init: any) => Promise<Response>,
 * beacon: (request: any) => boolean }} edge @param {any} net as `open` of js/outlets.js makes it
 * @param {{ bytes?: number, days?: number }} [room]
 */
export function queues(outlets, { post, beacon }, net, room = {}) {
  const { bytes: maxBytes = QUEUE_BYTES, days = QUEUE_DAYS } = room;
  /** @type {Queue[]} */
  const all = outlets.map((outlet) => ({
    outlet,
    parcels: [],
    waitUntil: 0,
    answered: new Map(),
    isBusy: false,
  }));
  const ours = outlets.map(({ name }) => name);
  /** By collector, what became of its last request, what waits, and what was lost. @type {Record<string, any>} */
  const told = (net.told.collectors = {});
  /** @param {Queue} queue */
  const standing = ({ outlet, parcels }, more = {}) =>
    (told[outlet.name] = {
      ...told[outlet.name],
      ...more,
      batches_waiting: parcels.length,
    });
  /** @param {Queue} queue @param {Parcel} parcel @param {string} [reason] why it is lost */
  const leave = (queue, parcel, reason) => {
    queue.parcels = queue.parcels.filter((one) => one !== parcel);
    queue.answered.delete(parcel.batch);
    if (parcel.isKept) forget(parcel.batch, queue.outlet.name);
    const lost = told[queue.outlet.name]?.lost ?? {};
    if (reason) lost[reason] = (lost[reason] ?? 0) + 1;
    standing(queue, reason ? { lost } : {});
  };
  /** @param {Queue} queue @param {Parcel} parcel */
  const push = (queue, parcel) => {
    queue.parcels.push(parcel);
    const bytes = () =>
      queue.parcels.reduce((sum, { body }) => sum + body.length, 0);
    while (bytes() > maxBytes && queue.parcels[1])
      leave(queue, queue.parcels[0], "queue_full");
    standing(queue);
  };

  /** Sends a parcel; resolves when its answer is noted. @param {Queue} queue @param {Parcel} parcel */
  const send = async (queue, parcel) => {
    if (net.consent === "denied") return leave(queue, parcel);
    if (parcel.isKept && !isWaiting(parcel.batch, queue.outlet.name))
      // Another page has sent it, or the visitor wants nothing kept.
      return void leave(queue, Object.assign(parcel, { isKept: false }));
    parcel.isSent = true;
    let [status, after] = [0, ""];
    try {
      const answer = await post(queue.outlet, queue.answered, {
        body: parcel.body,
        keepalive: parcel.body.length <= MAX_IN_FLIGHT_BYTES,
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      ({ status } = answer);
      after = answer.headers.get("retry-after") ?? "";
      if (/\D/.test(after)) after = secondsUntil(answer.headers);
    } catch {
      // No network, no permission for this origin, or too late.
    }
    parcel.isSent = false;
    if (status > 199 && status < 300) {
      queue.waitUntil = 0;
      standing(queue, { last_outcome: "done" });
      leave(queue, parcel);
    } else if (REFUSED.test(`${status}`)) {
      const reason = status === 413 ? "too_large" : "refused";
      standing(queue, { last_outcome: reason });
      leave(queue, parcel, reason);
    } else {
      queue.waitUntil = Date.now() + waitOf(parcel.tries++, after);
      standing(queue, { last_outcome: "later" });
      remember(queue, parcel);
    }
  };

  /** Sends what waits, one at a time. @param {Queue} queue */
  const pump = async (queue) => {
    if (queue.isBusy) return;
    queue.isBusy = true;
    for (;;) {
      const parcel = queue.parcels.find(({ isSent }) => !isSent);
      const wait = queue.waitUntil - Date.now();
      if (!parcel || wait > 0) {
        if (parcel) setTimeout(pump, wait, queue);
        break;
      }
      await alone(parcel, queue.outlet.name, () => send(queue, parcel));
    }
    queue.isBusy = false;
  };

  /** Sends what waits for collectors that answer, as the page may be left: as much as outlives it. */
  const hurry = () => {
    let [count, bytes] = [0, 0];
    for (const queue of all)
      for (const parcel of queue.parcels) {
        const fails = queue.waitUntil > Date.now() && !parcel.isSent;
        const size = parcel.body.length;
        const fits =
          count < MAX_IN_FLIGHT && bytes + size <= MAX_IN_FLIGHT_BYTES;
        if (fits && !fails) {
          bytes += size;
          count++;
        }
        if (!parcel.isSent) {
          if (fits && !fails) send(queue, parcel);
          else if (!parcel.isKept)
            queue.outlet.requestsOf(parcel.body).forEach(beacon);
        }
        // The page may end before it hears of any.
        if (queue.outlet.once) remember(queue, parcel);
      }
  };

  /** Takes in what pages before this one have kept. */
  const adopt = () => {
    for (const [batch, names, body] of net.mayStore() ? kept() : []) {
      const age =
        Date.now() - parseInt(batch.replace("-", "").slice(0, 12), 16);
      if (age < MIN_ADOPTED_MS) continue;
      for (const queue of all) {
        const isHeld = queue.parcels.some((one) => one.batch === batch);
        const done = names[queue.outlet.name];
        if (isHeld || !done) continue;
        queue.answered.set(batch, new Set(done));
        const parcel = { batch, body, isKept: true, tries: 0, isSent: false };
        push(queue, parcel);
        if (age > days * DAY_MS) leave(queue, parcel, "expired");
      }
      // A collector that the config has no more.
      for (const name of Object.keys(names))
        if (!ours.includes(name)) forget(batch, name);
    }
    all.forEach(pump);
  };
  for (const ms of [0, MIN_ADOPTED_MS + FIRST_RETRY_MS]) setTimeout(adopt, ms);
  addEventListener("pagehide", hurry);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") hurry();
  });
  addEventListener("online", () => {
    for (const queue of all) {
      queue.waitUntil = 0;
      pump(queue);
    }
  });

  return async (/** @type {string} */ _, /** @type {any} */ { body }) => {
    const { batch } = JSON.parse(body);
    const isKept =
      net.mayStore() &&
      keep(batch, Object.fromEntries(ours.map((name) => [name, []])), body);
    for (const queue of all)
      push(queue, { batch, body, isKept, tries: 0, isSent: false });
    if (net.isLeaving()) hurry();
    else all.forEach(pump);
    return new Response(null, { status: 204 });
  };
}

/** Milliseconds until the next try: what was asked for, else any up to one that doubles. @param {number} tries
 * @param {string} after seconds, where they are known */
function waitOf(tries, after) {
  const asked = +after * 1000;
  // Asked for no wait, a collector that keeps failing would be asked without end.
  if (asked > 0) return Math.min(asked, MAX_RETRY_AFTER_MS);
  const most = FIRST_RETRY_MS * 2 ** tries;
  return most > MAX_RETRY_MS
    ? MAX_RETRY_MS * (1 + Math.random())
    : Math.random() * most;
}

/** Does `work` unless another page does it for the same parcel. @param {Parcel} parcel @param {string} name
 * @param {() => Promise<any>} work */
async function alone({ batch, isKept }, name, work) {
  if (!isKept || !navigator.locks) return work();
  // A page in the back/forward cache would hold it for ever.
  const left = new Promise((done) =>
    addEventListener("pagehide", done, { once: true }),
  );
  await navigator.locks.request(`${keyOf(batch)} ${name}`, () =>
    Promise.race([work(), left]),
  );
}

/** @typedef {Record<string, number[]>} Names */
/** Returns what is kept: batch, names of collectors, body. @returns {[string, Names, string][]} */
function kept() {
  try {
    return Object.keys(localStorage).flatMap((key) => {
      const [, batch] = KEPT.exec(key) ?? [];
      const [names, body] = split(
        batch ? (localStorage.getItem(key) ?? "") : "",
      );
      return batch && body ? [[batch, names, body]] : [];
    });
  } catch {
    return [];
  }
}

/** Returns what is in a kept text; nothing of one that was not written here. @param {string} text @returns {[Names, string]} */
function split(text) {
  const at = text.indexOf("\n");
  try {
    return [Object(JSON.parse(text.slice(0, at))), text.slice(at + 1)];
  } catch {
    return [{}, ""];
  }
}

/** Returns whether it could be kept. @param {string} batch @param {Names} names @param {string} body */
function keep(batch, names, body) {
  try {
    localStorage.setItem(keyOf(batch), `${JSON.stringify(names)}\n${body}`);
    return true;
  } catch {
    return false;
  }
}

/** Returns whether a collector has still to answer. @param {string} batch @param {string} name */
function isWaiting(batch, name) {
  try {
    return name in split(localStorage.getItem(keyOf(batch)) ?? "")[0];
  } catch {
    return true;
  }
}

/** Notes that a collector has answered; the last one takes the batch away. @param {string} batch @param {string} name */
function forget(batch, name) {
  try {
    const key = keyOf(batch);
    const [names, body] = split(localStorage.getItem(key) ?? "");
    delete names[name];
    if (Object.keys(names)[0] !== undefined) keep(batch, names, body);
    else localStorage.removeItem(key);
  } catch {
    // Storage that was shut meanwhile.
  }
}

/** Keeps which requests of a parcel its collector has. @param {Queue} queue @param {Parcel} parcel */
function remember({ answered, outlet }, { batch, isKept }) {
  const done = answered.get(batch);
  if (isKept && done) note(batch, outlet.name, [...done]);
}

/** Notes which requests a collector has. @param {string} batch @param {string} name @param {number[]} done */
function note(batch, name, done) {
  try {
    const [names, body] = split(localStorage.getItem(keyOf(batch)) ?? "");
    if (names[name]) keep(batch, { ...names, [name]: done }, body);
  } catch {
    // Storage that was shut meanwhile.
  }
}
