// Several collectors, each with a queue of its own, so that one that is down holds up no other. Loaded only where the config lists more
// than one. A batch is taken as soon as src/web/post.js posts it, kept under a key of its own until every collector has
// answered, and sent by the next page where this one ends before. What is lost to a collector is counted, and told to those that speak
// spoor's own JSON.
// @ts-check
import { secondsUntil } from "./date.js";
import { add, importanceOf, informed, only, stamped } from "./envelope.js";
import { MAX_IN_FLIGHT, MAX_IN_FLIGHT_BYTES, REFUSED } from "./limits.js";
import { keeping, keyOf } from "./queued.js";

/** As in src/delivery.rs, where they have their reasons. */
const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 60_000;
const MAX_RETRY_AFTER_MS = 3_600_000;
const MIN_ADOPTED_MS = 10_000;
const TIMEOUT_MS = 30_000;
const QUEUE_BYTES = 512 * 1024;
const QUEUE_DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * A batch on its way to one collector. `refused` and `too_large` name the events that it has refused, and those in requests too large for it.
 * @typedef {{ batch: string, key: string, body: string, isKept: boolean, importance: number, tries: number, isSent: boolean,
 * refused: string[], too_large: string[] }} Parcel
 * @typedef {{ outlet: any, index: number, parcels: Parcel[], waitUntil: number, answered: Map<string, Set<number>>,
 * losses: import("./envelope.js").Losses, isBusy: boolean }} Queue
 */

/**
 * Starts the queues; returns what takes a batch in place of `fetch`.
 * @param {any[]} outlets @param {{ post: (outlet: any, answered: Map<string, Set<number>>, init: any) => Promise<Response>,
 * beacon: (request: any) => boolean, flying: { count: number, bytes: number } }} edge of js/outlets.js @param {any} net as its `open` makes it
 * @param {{ bytes?: number, days?: number }} [room]
 */
export function queues(outlets, { post, beacon, flying }, net, room = {}) {
  const { bytes: maxBytes = QUEUE_BYTES, days = QUEUE_DAYS } = room;
  const kept = keeping(net.mayStore);
  /** @type {Queue[]} */
  const all = outlets.map((outlet, index) => ({
    outlet,
    index,
    parcels: [],
    waitUntil: 0,
    answered: new Map(),
    losses: {},
    isBusy: false,
  }));
  const ours = outlets.map(({ name }) => name);
  /** The last batch that was taken: whose visit losses are told of. */
  let last = "";
  /** By collector, what became of its last request, what waits, and what was lost. @type {Record<string, any>} */
  const told = (net.told.collectors = {});
  /** @param {Queue} queue */
  const standing = ({ outlet, parcels }, more = {}) =>
    (told[outlet.name] = {
      ...told[outlet.name],
      ...more,
      batches_waiting: parcels.length,
    });
  /** @param {Queue} queue @param {Parcel} parcel */
  const leave = (queue, parcel) => {
    queue.parcels = queue.parcels.filter((one) => one !== parcel);
    queue.answered.delete(parcel.batch);
    if (parcel.isKept) kept.forget(parcel.key, queue.outlet.name);
    standing(queue);
  };
  /** Counts what is lost of a parcel: those events of it, all without. @param {Queue} queue @param {Parcel} parcel
   * @param {string} reason @param {string[]} [ids] */
  const lose = (queue, { body }, reason, ids) => {
    const envelope = JSON.parse(body);
    const those =
      ids ??
      queue.outlet.requestsOf(body).flatMap((/** @type {any} */ { of }) => of);
    const { pages } = only(envelope, those);
    const count = pages.reduce((sum, { events }) => sum + events.length, 0);
    const { lost = {} } = told[queue.outlet.name] ?? {};
    add(lost, { [reason]: count });
    add(queue.losses, { [reason]: count });
    // What it would have told of others' loss.
    if (queue.outlet.isOwn) add(queue.losses, envelope.losses);
    standing(queue, lost[reason] ? { lost } : {});
  };
  /** Has a parcel tell what was lost meanwhile. @param {Queue} queue @param {Parcel} parcel */
  const inform = (queue, parcel) => {
    const { losses, outlet } = queue;
    if (!outlet.isOwn || !Object.keys(losses)[0]) return;
    queue.losses = {};
    parcel.body = informed(parcel.body, losses);
    if (parcel.isKept) kept.note(parcel.key, outlet.name, { losses });
  };

  /** @param {string} batch @param {string} key @param {string} body @param {boolean} isKept @returns {Parcel} */
  const parcelOf = (batch, key, body, isKept) => ({
    batch,
    key,
    body,
    isKept,
    importance: importanceOf(JSON.parse(body)),
    tries: 0,
    isSent: false,
    refused: [],
    too_large: [],
  });
  /** Adds a parcel; what is least important gives way to it, and of that the oldest. @param {Queue} queue @param {Parcel} parcel */
  const push = (queue, parcel) => {
    queue.parcels.push(parcel);
    const bytes = () =>
      queue.parcels.reduce((sum, { body }) => sum + body.length, 0);
    while (bytes() > maxBytes && queue.parcels[1]) {
      const [least] = byImportance(waiting(queue), -1);
      if (!least) break;
      lose(queue, least, "queue_full");
      leave(queue, least);
    }
    standing(queue);
  };
  /** Puts halves in the place of what is too large; returns whether there are any: a single event is lost.
   * @param {Queue} queue @param {Parcel} parcel */
  const split = async (queue, parcel) => {
    const { halves } = await import("./split.js").catch(() => ({
      // The part is not there: as if there were none.
      halves: () => [],
    }));
    const whole = only(JSON.parse(parcel.body), parcel.too_large);
    const parts = halves(JSON.stringify(whole), parcel.batch);
    if (!parts[0]) lose(queue, parcel, "too_large", parcel.too_large);
    for (const [batch, text] of parts) {
      const key = keyOf(batch, queue.index);
      const body = text.slice(text.indexOf("{"));
      const rests = { [queue.outlet.name]: {} };
      const isKept = parcel.isKept && kept.keep(key, rests, body);
      push(queue, parcelOf(batch, key, body, isKept));
    }
    return parts.length > 0;
  };

  /** Sends a parcel; resolves when its answer is noted. @param {Queue} queue @param {Parcel} parcel */
  const send = async (queue, parcel) => {
    const { name } = queue.outlet;
    if (net.consent === "denied") return leave(queue, parcel);
    if (parcel.isKept && !kept.isWaiting(parcel.key, name))
      // Another page has sent it, or the visitor wants nothing kept.
      return void leave(queue, Object.assign(parcel, { isKept: false }));
    parcel.isSent = true;
    inform(queue, parcel);
    let [status, after] = [0, ""];
    try {
      const answer = await post(queue.outlet, queue.answered, {
        body: stamped(parcel.body, Date.now()),
        keepalive: parcel.body.length <= MAX_IN_FLIGHT_BYTES,
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
        lost: parcel,
      });
      ({ status } = answer);
      after = answer.headers.get("retry-after") ?? "";
      if (/\D/.test(after)) after = secondsUntil(answer.headers);
    } catch {
      // No network, no permission for this origin, or too late.
    }
    if ((status > 199 && status < 300) || REFUSED.test(`${status}`)) {
      queue.waitUntil = 0;
      let outcome = status < 300 ? "done" : "refused";
      if (parcel.refused[0]) lose(queue, parcel, "refused", parcel.refused);
      if (parcel.too_large[0])
        outcome = (await split(queue, parcel)) ? "split" : "too_large";
      standing(queue, { last_outcome: outcome });
      leave(queue, parcel);
    } else {
      parcel.isSent = false;
      queue.waitUntil = Date.now() + waitOf(parcel.tries++, after);
      standing(queue, { last_outcome: "later" });
      remember(queue, parcel);
      kept.copyAll();
    }
  };
  /** Keeps which requests of a parcel its collector has. @param {Queue} queue @param {Parcel} parcel */
  const remember = ({ answered, outlet }, { batch, key, isKept }) => {
    const done = answered.get(batch);
    if (isKept && done) kept.note(key, outlet.name, { done: [...done] });
  };

  /** Sends what waits, one at a time, the most important first. @param {Queue} queue */
  const pump = async (queue) => {
    if (queue.isBusy) return;
    queue.isBusy = true;
    for (;;) {
      const [parcel] = byImportance(waiting(queue));
      const wait = queue.waitUntil - Date.now();
      if (!parcel || wait > 0) {
        if (parcel) setTimeout(pump, wait, queue);
        break;
      }
      await alone(parcel, queue.outlet.name, async () => {
        // As the page was left meanwhile, it was sent without waiting.
        if (!parcel.isSent) await send(queue, parcel);
      });
    }
    queue.isBusy = false;
  };

  /** Sends what waits for collectors that answer, as the page may be left: as much as outlives it, the most important first. */
  const hurry = () => {
    if (net.consent === "denied") {
      for (const queue of all)
        for (const parcel of waiting(queue)) leave(queue, parcel);
      return;
    }
    const parcels = all.flatMap((queue) =>
      queue.parcels.map((parcel) => ({ ...parcel, queue, parcel })),
    );
    for (const { queue, parcel } of byImportance(parcels)) {
      const fits =
        flying.count < MAX_IN_FLIGHT &&
        flying.bytes + parcel.body.length <= MAX_IN_FLIGHT_BYTES;
      if (!parcel.isSent) {
        if (fits && queue.waitUntil <= Date.now()) send(queue, parcel);
        else if (!parcel.isKept)
          queue.outlet.requestsOf(parcel.body).forEach(beacon);
      }
      // The page may end before it hears of any.
      if (queue.outlet.once) remember(queue, parcel);
    }
    for (const queue of all) confess(queue);
  };
  /** Tells what was lost in a batch of its own: another one may not come. @param {Queue} queue */
  const confess = (queue) => {
    const { losses, outlet } = queue;
    if (!outlet.isOwn || !last || !Object.keys(losses)[0]) return;
    const { losses: _, ...head } = JSON.parse(last);
    const batch = `${head.batch.slice(0, -12)}${digits()}`;
    const body = JSON.stringify({ ...head, batch, pages: [], losses });
    if (outlet.requestsOf(stamped(body, Date.now())).map(beacon).every(Boolean))
      queue.losses = {};
  };

  /** Takes in what pages before this one have kept. */
  const adopt = () => {
    for (const [key, batch, rests, body] of kept.all()) {
      const age =
        Date.now() - parseInt(batch.replace("-", "").slice(0, 12), 16);
      if (age < MIN_ADOPTED_MS) continue;
      for (const queue of all) {
        const rest = rests[queue.outlet.name];
        if (!rest || queue.parcels.some((one) => one.key === key)) continue;
        queue.answered.set(batch, new Set(rest.done));
        const text = rest.losses ? informed(body, rest.losses) : body;
        const parcel = parcelOf(batch, key, text, true);
        if (age <= days * DAY_MS) push(queue, parcel);
        else {
          lose(queue, parcel, "expired");
          leave(queue, parcel);
        }
      }
      // A collector that the config has no more.
      for (const name of Object.keys(rests))
        if (!ours.includes(name)) kept.forget(key, name);
    }
    all.forEach(pump);
  };
  // Sooner nobody knows what may be stored, and copies would be thrown away.
  net.known.then(() => {
    kept.restore().then(adopt);
    setTimeout(adopt, MIN_ADOPTED_MS + FIRST_RETRY_MS);
  });
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
    last = body;
    const { batch } = JSON.parse(body);
    const key = keyOf(batch);
    const rests = Object.fromEntries(ours.map((name) => [name, {}]));
    const isKept = kept.keep(key, rests, body);
    for (const queue of all) push(queue, parcelOf(batch, key, body, isKept));
    if (net.isLeaving()) hurry();
    else all.forEach(pump);
    return new Response(null, { status: 204 });
  };
}

/** Returns the most important first, or last; of those as important the oldest first. @template {{ importance: number }} T
 * @param {T[]} parcels @param {1 | -1} [way] @returns {T[]} */
const byImportance = (parcels, way = 1) =>
  [...parcels].sort((a, b) => way * (a.importance - b.importance));

/** @param {Queue} queue */
const waiting = ({ parcels }) => parcels.filter(({ isSent }) => !isSent);

/** Twelve hexadecimal digits by chance. */
const digits = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

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
async function alone({ key, isKept }, name, work) {
  if (!isKept || !navigator.locks) return work();
  // A page in the back/forward cache would hold it for ever.
  const left = new Promise((done) =>
    addEventListener("pagehide", done, { once: true }),
  );
  await navigator.locks.request(`${key} ${name}`, () =>
    Promise.race([work(), left]),
  );
}
