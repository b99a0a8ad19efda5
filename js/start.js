// Starts spoor once per page, whatever way it was loaded.
// @ts-check
import {
  at,
  connect,
  page as facts,
  isSelector,
  plain,
} from "../src/web/dom.js";
import { listen } from "../src/web/listen.js";
import { adopt, forgo, learn } from "../src/web/post.js";
import {
  ANSWERED,
  ask,
  ASKED,
  deliver,
  FLUSHED,
  HIDDEN,
  IDENTIFIED,
  later,
  report,
  TRACKED,
} from "../src/web/report.js";
import { allow, load as saved, ZIPS } from "../src/web/store.js";
import { lowered } from "#glue";
import { reason as botBy } from "./bot.js";
import { EVENT_NAME, read } from "./config.js";
import { consents } from "./consent.js";
import { early } from "./early.js";
import { guard, warn } from "./guard.js";
import { eitherWay } from "./load.js";
import { pack } from "./pack.js";
import { withPreset } from "./preset.js";

/** Where all copies on a page find the one that runs. */
export const RUNNING = Symbol.for("spoor");
const page = /** @type {any} */ (globalThis);

/**
 * Returns the `init` of an entry, which loads the Wasm by `load`, and what is not always needed by `partOf`.
 * @param {() => Promise<any>} load @param {(name: string) => Promise<any>} partOf
 */
export function starter(load, partOf) {
  /** @type {Promise<any> | undefined} */
  let mine;
  /** @param {any} config */
  return function init(config) {
    if (page[RUNNING]) {
      if (page[RUNNING] !== mine) warn("a second copy steps back");
      return page[RUNNING];
    }
    return (page[RUNNING] = mine = start(load, partOf, config));
  };
}

/** By then a page that was left while this one was opened has sent what it kept, or is gone: see `MIN_ADOPTED_MS` in
 * src/delivery.rs. */
const ADOPT_MS = 11_000;
/** A page that is never idle is not waited for longer. */
const MAX_WAIT_MS = 500;

/**
 * Resolves when the page is one that somebody sees, and no longer a guess of the browser's, has time, and its first layout is
 * done: the page's measures, asked for sooner, would force it. Safari has no idle callbacks; there it is the next task.
 */
const calm = () =>
  new Promise((done) => {
    const idle = () =>
      (page.requestIdleCallback ?? setTimeout)(done, { timeout: MAX_WAIT_MS });
    if (/** @type {any} */ (document).prerendering)
      document.addEventListener("prerenderingchange", idle, { once: true });
    else idle();
  });

/** Returns why nothing may run here at all. @param {any} config */
function barred(config) {
  if (typeof document === "undefined") return "no document here";
  /** @type {any} */
  const { globalPrivacyControl, doNotTrack } = navigator;
  if (config?.gpc !== false && globalPrivacyControl)
    return "Global Privacy Control";
  if (config?.dnt && doNotTrack === "1") return "Do Not Track";
  try {
    // A frame of a page that tracks is part of that page, and no page view of its own.
    if (page !== page.top && page.top[RUNNING])
      return "the page around this frame tracks";
  } catch {
    // A page of another origin.
  }
}

/** In the names of what js/behaviour.js sees, or which clicks on what is there to be clicked often it tells from others. */
const BEHAVIOUR = /form|click|share|download|thrash|scroll|attention|video/;

/**
 * Returns the config, and the parts that it asks for: one that cannot be loaded is done without.
 * @param {any} config @param {(name: string) => Promise<any>} partOf
 */
const withParts = (config, partOf) => {
  const { heatmap, track = {}, collector, before } = config ?? {};
  const part = (/** @type {any} */ wanted, /** @type {string} */ name) =>
    wanted
      ? partOf(name).catch((error) => warn(`no ${name}: ${error}`))
      : undefined;
  return Promise.all([
    config,
    part(heatmap || BEHAVIOUR.test(`${Object.keys(track)}`), "behaviour"),
    part(heatmap, "heat"),
    before || typeof collector === "object"
      ? partOf("outlets").then(({ open }) => open(config, partOf))
      : undefined,
  ]);
};

/** @param {() => Promise<any>} load @param {(name: string) => Promise<any>} partOf @param {any} given */
async function start(load, partOf, given) {
  let sink = guard({});
  const first = page.spoor?.first ?? early(() => given?.track);
  try {
    const reason = barred(given);
    if (reason) return facade(sink, partOf, "stopped", reason);
    // Pictures go first: on a slow network whatever is fetched meanwhile keeps them waiting, at a low priority too.
    await calm();
    const [calls, [config, behaviour, heat, net]] = await Promise.all([
      eitherWay(load, partOf),
      withPreset(given, partOf).then((config) => withParts(config, partOf)),
    ]);
    // All at once would keep a phone for longer than nobody feels.
    await calm();
    sink = guard(calls, lowered);
    sink.$behaviour = behaviour;
    sink.$heat = heat;
    sink.$net = net;
    sink.$early = first.kept;
    sink.$part = partOf;
    connect(sink);
    const consent = consents(config?.consent, () => sink.$consult?.(), partOf);
    let stands = consent();
    const obey = (/** @type {string} */ answer) => {
      if (net) net.consent = answer;
      allow(answer === "granted" && config?.identity !== "none");
    };
    sink.$answered = (/** @type {string} */ answer) => {
      obey(answer);
      if (answer === "denied") forgo();
      report(ANSWERED, at(), [], answer, saved());
      adopt();
    };
    sink.$consult = () => {
      if (consent() === stands || consent() === "required") return;
      sink.$answered((stands = consent()));
    };
    obey(stands);
    const plan = read(
      { ...config, ...net?.config, consent: stands },
      isSelector,
    );
    if (plan.$faults[0]) {
      const { explain } = await partOf("faults");
      throw explain(plan.$faults);
    }
    sink.$query = plan.$query;
    sink.$room = plan.$room;
    sink.$collector = new URL(plan.$collector, location.href).href;
    if (config.debug) sink.$debug = (await partOf("debug")).say;
    const seeds = crypto.getRandomValues(new BigUint64Array(2));
    const agent = navigator.webdriver ? "webdriver" : navigator.userAgent;
    const saying = [plan.$core, facts(), saved(), botBy(agent)];
    // What was done before belongs to the page view too.
    const since = at(first.kept[0]?.[0].timeStamp);
    if (!sink.$start(...saying, ...seeds, since)) {
      sink.$detach();
      const reason = "not followed: consent, sample or bots";
      return facade(guard({}), partOf, "stopped", reason);
    }
    if (saved(ZIPS) === sink.$collector) learn(true);
    await calm();
    listen(plan);
    adopt();
    later(adopt, ADOPT_MS);
    return facade(sink, partOf, "running", undefined, config.preset);
  } catch (error) {
    sink.$detach();
    warn(`not started: ${error}`);
    return facade(guard({}), partOf, "failed", String(error));
  } finally {
    first.stop();
    delete sink.$early;
    // Who starts once more is told nothing of it again.
    delete page.spoor?.first;
  }
}

/**
 * Returns the tracker that shops see; inert where spoor did not start.
 * @param {Record<string, any>} sink @param {(name: string) => Promise<any>} partOf
 * @param {string} state @param {string} [reason] @param {string} [preset]
 */
function facade(sink, partOf, state, reason, preset) {
  /** Says what is wrong with a call, see js/faults.js. @param {any[]} fault */
  const complain = (...fault) => {
    partOf("faults").then(
      ({ explain }) => warn(explain([fault])),
      () => warn(fault),
    );
  };
  sink.$complain = complain;
  const runs = () => state === "running";
  return {
    /** @param {unknown} name @param {unknown} [params] */
    track(name, params) {
      const event = plain(name);
      const packed = pack(params ?? {});
      if (!EVENT_NAME.test(event)) complain(`track("${event}")`, "name");
      else if (packed[0] !== "{") complain(`track("${event}")`, "object");
      else if (runs()) report(TRACKED, at(), [], event, packed);
    },
    /** @param {unknown} user */
    identify(user) {
      if (runs()) report(IDENTIFIED, at(), [], plain(user));
    },
    page: () => void sink.$turn?.(),
    flush() {
      if (runs()) ask(FLUSHED);
    },
    stop() {
      if (runs()) ask(HIDDEN);
      sink.$detach();
      state = "stopped";
      delete page[RUNNING];
    },
    /** @param {unknown} given */
    consent(given) {
      const answer = plain(given);
      const answers = "granted cookieless denied";
      if (!answers.split(" ").includes(answer))
        complain(`consent("${answer}")`, "word", answers);
      else {
        // From here on the shop says it, and no banner.
        sink.$consult = () => {};
        if (runs()) {
          sink.$answered(answer);
          deliver();
        }
      }
    },
    status() {
      sink.$answer = "{}";
      if (runs()) ask(ASKED);
      return { state, reason, preset, ...JSON.parse(sink.$answer) };
    },
    /** @param {string} type @param {(conversion: any) => void} listener */
    on(type, listener) {
      if (type !== "conversion" || typeof listener !== "function") {
        complain(`on("${plain(type)}")`, "listener");
        return () => {};
      }
      sink.$listeners.add(listener);
      return () => sink.$listeners.delete(listener);
    },
  };
}
