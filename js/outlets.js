// Posts batches to collectors that speak otherwise than spoor does, to several, or with a shop's own `before` over each event. Loaded
// only where the config asks for one of these. Enters: envelopes, as src/web/post.js would post them; leaves: requests, through the
// same three functions that a browser has for them.
// @ts-check
import { requests } from "./dialect.js";
import { MAX_IN_FLIGHT, MAX_IN_FLIGHT_BYTES, REFUSED } from "./limits.js";

/** Requests made at one time to a collector that takes an event each, while the page lives. */
const AT_ONCE = 4;
/** What may go to another origin unasked. <https://fetch.spec.whatwg.org/#cors-safelisted-request-header> */
const SIMPLE =
  /^(text\/plain|application\/x-www-form-urlencoded|multipart\/form-data)\b/;
/** Stands for the answer that a page which is left does not hear, where the collector would count twice what the next page sends
 * again. */
const HANDED = { status: 204, ok: true, headers: new Map() };
/** The browser takes no more of what is to outlive the page. */
const FULL = { status: 0, ok: false, headers: new Map() };
/** Codes of `DEEDS` in src/web/dom.js: the status, and those by which a batch comes past. */
const ANSWER = 2;
const [SEND, DROP, KEEP, DRAFT] = [0, 5, 6, 7];
/** Events of which a page remembers what `before` made of them: far more than wait at one time. */
const MOST_TOLD = 10_000;
const EVENT_NAME = /^[a-z]\w{0,39}$/i;

/**
 * A collector, and what it is given.
 * @typedef {{ name: string, url: string, isOwn: boolean, once: boolean, requestsOf: (body: string, isFirst?: boolean) => import("./dialect.js").Request[] }} Outlet
 */

/**
 * Opens the collectors of the config. Resolves to what stands in for the browser's functions, and what else src/web/post.js and
 * js/start.js use; throws a text where a collector cannot be spoken to.
 * @param {any} config @param {(name: string) => Promise<any>} partOf
 */
export async function open(config, partOf) {
  const { collector, before, identity } = config;
  const isOne = !Array.isArray(collector);
  const list = isOne ? [collector] : collector;
  let consent = "";
  /** @type {(answer: string) => void} */
  let know;
  /** @type {any} */
  const net = {
    /** Resolves once js/start.js has said the visitor's answer. @type {Promise<string>} */
    known: new Promise((done) => (know = done)),
    get consent() {
      return consent;
    },
    set consent(answer) {
      consent = answer;
      know(answer);
    },
    /** @type {Record<string, number>} */
    trims: {},
    mayStore: () => net.consent === "granted" && identity !== "none",
  };
  for (const type of ["pagehide", "visibilitychange", "pageshow"])
    addEventListener(type, noteLeaving, true);
  net.isLeaving = () => isLeaving;
  net.told = { trims: net.trims };
  /** @type {Outlet[]} */
  const outlets = [];
  for (const [index, said] of list.entries()) {
    const path = isOne ? "collector" : `collector[${index}]`;
    const entry = typeof said === "string" ? { url: said } : said;
    outlets.push(await outlet(entry, path, net, partOf));
  }
  if (!outlets[0]) throw "collector: the list is empty";
  /** @param {string} body @param {Outlet[]} some */
  const all = (body, some = outlets) =>
    some.flatMap(({ requestsOf }) => requestsOf(body));
  // What is kept, the next page sends too: a collector that knows no dedupe id gets it then alone.
  const deferrable = () =>
    net.mayStore() ? outlets.filter(({ once }) => !once) : outlets;

  net.config = { collector: outlets[0].url || "/", before: undefined };
  /** @type {Map<string, Set<number>>} */
  const answered = new Map();
  net.fetch = async (/** @type {string} */ _, /** @type {any} */ init) => {
    const lost = { refused: [], too_large: [] };
    let status = 0;
    try {
      const answer = await post(outlets[0], answered, { ...init, lost });
      ({ status } = answer);
      return answer;
    } finally {
      // Who has it posted counts what is refused as a whole, and halves what is too large.
      if (!REFUSED.test(`${status}`))
        lose(net.told, outlets[0].name, init.body, lost);
    }
  };
  net.sendBeacon = (/** @type {string} */ _, /** @type {string} */ body) =>
    all(body).map(beacon).every(Boolean);
  net.fetchLater = (/** @type {string} */ _, /** @type {any} */ init) =>
    defer(all(init.body, deferrable()), init);
  if (outlets[1] || outlets[0].once) {
    const { queues } = await import("./queues.js");
    net.fetch = queues(outlets, { post, beacon, flying }, net, config.queue);
  }
  if (before && typeof before !== "function")
    throw "before: must be a function";
  const through = before ? middleware(before) : () => {};
  net.pass = (/** @type {string[]} */ said, /** @type {string} */ code) => {
    if (+code === ANSWER)
      said[0] = JSON.stringify({ ...JSON.parse(said[0]), ...net.told });
    else through(said, code);
  };
  return net;
}

/** Whether the page may be gone at any moment: what has to be asked for is asked for at once. */
let isLeaving = false;
/** Whether it is gone, or in the back/forward cache: a request that fails now fails for want of a page, and may well arrive. */
let isGone = false;
/** What is on its way and outlives the page, of all collectors. */
const flying = { count: 0, bytes: 0 };
/** @param {Event} event */
function noteLeaving({ type }) {
  // Left for good, a page is hidden after that.
  if (type !== "visibilitychange") isGone = type === "pagehide";
  isLeaving = type === "pagehide" || document.visibilityState === "hidden";
}

/** Reads a member of `collector`. @param {any} entry @param {string} path @param {any} net
 * @param {(name: string) => Promise<any>} partOf @returns {Promise<Outlet>} */
async function outlet(entry, path, net, partOf) {
  if (!entry || typeof entry !== "object")
    throw `${path}: must be an address or an object`;
  /** @type {Record<string, any>} */
  const option = {};
  for (const key in entry)
    option[key.replace(/[A-Z]/g, (cap) => `_${cap.toLowerCase()}`)] =
      entry[key];
  let {
    dialect: document,
    only,
    except,
    sample = 1,
    consent,
    url = "",
  } = option;
  if (typeof document === "string")
    document = (await partOf(`collectors/${document}`)).default;
  else if (document && !option.checked) {
    const { check } = await import("./check.js");
    const faults = check(document, `${path}.dialect`);
    if (faults[0]) throw faults.join("\n");
  }
  const missing = (document?.needs ?? (document ? [] : ["url"])).filter(
    (/** @type {string} */ name) => !option[name],
  );
  if (missing[0])
    throw missing
      .map((/** @type {string} */ name) => `${path}.${name}: is needed`)
      .join("\n");
  for (const [key, names] of Object.entries({ only, except }))
    if (names && !Array.isArray(names)) throw `${path}.${key}: must be a list`;
  if (!(sample > 0 && sample <= 1))
    throw `${path}.sample: must be a number above 0 up to 1`;
  const headers = { ...document?.headers, ...option.headers };
  if (Object.keys(headers)[0])
    console.warn(
      `spoor: ${path}.headers: a beacon cannot carry them; sent by fetch, which asks other origins first`,
    );

  const readsPoints = JSON.stringify(document?.heat ?? "").includes("$points");
  const unpack = readsPoints
    ? (await import("./heatmap.js").catch(() => {}))?.unpack
    : undefined;
  const mayHave = () => {
    if (typeof consent !== "function")
      return !consent || consent === net.consent;
    try {
      return consent();
    } catch {
      // The shop's own banner is not there yet.
    }
  };
  const name = `${document?.name ?? "spoor"} ${url}`;
  /** @param {string} body @param {boolean} [isFirst] whether what is trimmed was not counted before */
  const requestsOf = (body, isFirst) => {
    const envelope = JSON.parse(body);
    if (shareOf(envelope.visitor) >= sample || !mayHave()) return [];
    const given = only || except ? chosen(envelope, only, except) : envelope;
    if (!document) {
      const type = "text/plain;charset=UTF-8";
      return given.pages[0] || given.losses
        ? [
            {
              url,
              type,
              headers: option.headers,
              body: given === envelope ? body : JSON.stringify(given),
              of: given.pages.flatMap(contents),
            },
          ]
        : [];
    }
    const made = requests(document, option, given, {
      consent: net.consent,
      unpack,
    });
    if (isFirst && made.trims)
      net.trims[name] = (net.trims[name] ?? 0) + made.trims;
    return made.requests;
  };
  return { name, url, isOwn: !document, once: !!document?.once, requestsOf };
}

/** Returns what is on a page, as `of` of a request has it. @param {any} page */
const contents = ({ id, events = [], heat = [] }) =>
  [...events, ...heat].map(({ seq }) => `${id} ${seq}`);

/** Counts the events of a batch that a collector will never take. @param {any} told @param {string} name of the collector
 * @param {string} body @param {Record<string, string[]>} lost */
function lose(told, name, body, lost) {
  const events = JSON.parse(body).pages.flatMap(
    (/** @type {any} */ { id, events }) => contents({ id, events }),
  );
  for (const [reason, ids] of Object.entries(lost)) {
    const count = ids.filter((id) => events.includes(id)).length;
    if (!count) continue;
    told.collectors ??= { [name]: { lost: {} } };
    const all = told.collectors[name].lost;
    all[reason] = (all[reason] ?? 0) + count;
  }
}

/** Returns a number from 0 up to, but without, 1 that is always the same for a visitor. @param {string} visitor */
const shareOf = (visitor) => parseInt(visitor.slice(-8), 16) / 2 ** 32;

/** Returns the envelope with some events of it; points where the events are not named. @param {any} envelope
 * @param {string[] | undefined} only @param {string[]} [except] */
function chosen(envelope, only, except = []) {
  const pages = envelope.pages.flatMap((/** @type {any} */ page) => {
    const events = (page.events ?? []).filter(
      (/** @type {any} */ { name }) =>
        (!only || only.includes(name)) && !except.includes(name),
    );
    const heat =
      (!only || only.includes("heat")) && !except.includes("heat")
        ? page.heat
        : undefined;
    return events[0] || heat ? [{ ...page, events, heat }] : [];
  });
  return { ...envelope, pages };
}

/** Makes a request that is none: its body goes into a list of the page. Returns whether the request was such a one.
 * @param {import("./dialect.js").Request} request */
function pushed({ push, call, body }) {
  if (!push) return false;
  const lists = /** @type {any} */ (window);
  const list = (lists[push] ??= []);
  // gtag tells its commands from events by that they are `arguments`.
  const command = function () {
    return arguments;
  };
  list.push(call ? Reflect.apply(command, undefined, body) : body);
  return true;
}

/** Whether a beacon can carry it, and to another origin without being asked first.
 * @param {import("./dialect.js").Request} request */
const isSimple = ({ type, headers, url }) =>
  !headers &&
  (SIMPLE.test(type) || new URL(url, location.href).origin === location.origin);

/** @param {import("./dialect.js").Request} request */
const optionsOf = ({ body, type, headers }) => ({
  method: "POST",
  body,
  headers: { "content-type": type, ...headers },
});

/** Hands a request to the browser; returns whether it took it. @param {import("./dialect.js").Request} request */
function beacon(request) {
  if (pushed(request)) return true;
  const { url, body, type } = request;
  if (isSimple(request))
    return navigator.sendBeacon(url, new Blob([body], { type }));
  fetch(url, { ...optionsOf(request), keepalive: true }).catch(() => {});
  return true;
}

/** Has the browser make all of some requests later, or none. @param {import("./dialect.js").Request[]} all @param {any} init */
function defer(all, { signal, activateAfter }) {
  const stop = new AbortController();
  signal.addEventListener("abort", () => stop.abort());
  try {
    for (const request of all) {
      if (request.push) continue;
      if (!isSimple(request)) throw "not without being asked first";
      const options = {
        ...optionsOf(request),
        activateAfter,
        signal: stop.signal,
      };
      /** @type {any} */ (window).fetchLater(request.url, options);
    }
  } catch (error) {
    stop.abort();
    throw error;
  }
}

/**
 * Posts a batch to a collector; resolves to one answer for all of its requests. Those that were answered are not made again.
 * @param {Outlet} outlet @param {Map<string, Set<number>>} answered by the batch @param {any} init as of `fetch`; in `lost` it is noted
 * what of the batch the collector will never take
 * @returns {Promise<Response>}
 */
async function post({ requestsOf, once }, answered, { body, lost, ...init }) {
  const { batch } = JSON.parse(body);
  const all = requestsOf(body, !answered.has(batch));
  const done = answered.get(batch) ?? new Set();
  answered.set(batch, done);
  const rest = [...all.keys()].filter((index) => !done.has(index));
  const isLeft = isLeaving;
  /** @type {any} */
  let later;
  /** @type {any} */
  let refused;
  /** @type {any} */
  let large;
  let taken = 0;
  const work = async () => {
    for (let index; (index = rest.shift()) !== undefined && !later;) {
      const request = all[index];
      if (!pushed(request)) {
        const { length } = request.body;
        // What is more outlives no page: it is kept, and the next page sends it.
        const keepalive =
          init.keepalive &&
          flying.bytes + length <= MAX_IN_FLIGHT_BYTES &&
          (!isLeft || flying.count < MAX_IN_FLIGHT);
        const options = { ...init, ...optionsOf(request), keepalive };
        // On its way as its page is left, it counts as sent: see `hurry` of js/queues.js.
        if (once) done.add(index);
        const answer =
          once && isLeft
            ? (beacon(request) && HANDED) || FULL
            : await fly(request.url, options).catch((error) => {
                if (!isGone) done.delete(index);
                throw error;
              });
        if (answer.status === 413) {
          // Of a single event there are no halves.
          if (request.of[1]) large = answer;
          else refused = answer;
          lost.too_large.push(...request.of);
        } else if (REFUSED.test(`${answer.status}`)) {
          refused = answer;
          lost.refused.push(...request.of);
        } else if (!answer.ok) {
          done.delete(index);
          return void (later = answer);
        } else taken++;
      }
      done.add(index);
    }
  };
  await Promise.all(
    Array.from({ length: isLeft ? MAX_IN_FLIGHT : AT_ONCE }, work),
  );
  if (later) return later;
  answered.delete(batch);
  return large || (!taken && refused) || new Response(null, { status: 204 });
}

/** Fetches, and keeps account of what outlives the page. @param {string} url @param {any} options as of `fetch` */
async function fly(url, options) {
  const bytes = options.keepalive ? options.body.length : 0;
  const count = +options.keepalive;
  flying.bytes += bytes;
  flying.count += count;
  try {
    return await fetch(url, options);
  } finally {
    flying.bytes -= bytes;
    flying.count -= count;
  }
}

/**
 * Returns what puts batches that come past through `before`: in place, each event once, and none that another page has made.
 * @param {(event: any) => any} before
 */
function middleware(before) {
  /** Batches that this page has made. */
  const own = new Set();
  /** Events by page and number: as they are told, dropped, or failed. @type {Map<string, any>} */
  const told = new Map();
  /** @param {any} event @param {any} page */
  const once = (event, { events, heat, ...page }) => {
    const id = `${page.id} ${event.seq}`;
    if (!told.has(id)) told.set(id, change(before, event, page));
    // What is that old was sent long since.
    if (told.size > MOST_TOLD) told.delete(String(told.keys().next().value));
    return told.get(id);
  };
  return (/** @type {string[]} */ said, /** @type {string} */ code) => {
    const deed = +code;
    const batch = said[deed === SEND ? 2 : 0];
    if (deed === DROP) own.delete(batch);
    if (deed === KEEP || deed === DRAFT) own.add(batch);
    const at = deed === SEND ? 3 : 1;
    if (![SEND, KEEP, DRAFT].includes(deed) || !own.has(batch) || !said[at])
      return;
    said[at] = through(said[at], once);
  };
}

/** Returns what `before` makes of an event: nothing where it drops it, a text where that failed. @param {(event: any) => any} before
 * @param {any} event @param {any} page */
function change(before, event, page) {
  try {
    const given = { params: {}, ...structuredClone(event), page };
    const said = before(given);
    if (said === null || said === false) return;
    const { name, params } = said ?? given;
    const out = {
      ...event,
      name,
      params: JSON.parse(JSON.stringify(params ?? {})),
    };
    if (!EVENT_NAME.test(name)) throw `no event name: ${name}`;
    return out;
  } catch (error) {
    console.warn(`spoor: before: ${error}`);
    return "failed";
  }
}

/** Returns a batch, as kept or as sent, with its events as `once` makes them. @param {string} text
 * @param {(event: any, page: any) => any} once */
function through(text, once) {
  const at = text.indexOf("{");
  const { losses = {}, ...envelope } = JSON.parse(text.slice(at));
  let [failed, dropped] = [0, 0];
  envelope.pages = envelope.pages.flatMap((/** @type {any} */ page) => {
    const events = (page.events ?? []).flatMap((/** @type {any} */ event) => {
      const made = once(event, page);
      if (typeof made === "object") return [made];
      dropped++;
      if (made) failed++;
      return [];
    });
    const { events: _, heat, ...head } = page;
    const filled = {
      ...head,
      ...(events[0] && { events }),
      ...(heat && { heat }),
    };
    return events[0] || heat ? [filled] : [];
  });
  if (failed) losses.before_failed = failed;
  const json = JSON.stringify({
    ...envelope,
    ...(Object.keys(losses)[0] && { losses }),
  });
  // A kept batch says how many events it has, four for each: see src/delivery.rs.
  return (at ? `${+text.slice(0, at) - 4 * dropped}` : "") + json;
}
