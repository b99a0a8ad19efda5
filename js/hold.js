// What the entries for frameworks share: a tracker that is there from the first moment, and who starts and stops the page's own.
// @ts-check
import { warn } from "./guard.js";

/** A page's script that tells more before spoor runs, tells it in a loop. */
const MOST = 500;
const VERBS = ["track", "identify", "consent", "page", "flush", "stop"];
const isPage = () => typeof document !== "undefined";

/**
 * Returns a tracker whose calls are kept, `most` of them, until `use` names another, and are then made there in their order.
 * On a server, which would keep them for ever, none are.
 */
export function standIn(most = MOST) {
  /** @type {[string, any[]][]} */
  const kept = [];
  /** @type {Set<any>} */
  const heard = new Set();
  /** @type {any} */
  let real;
  /** @type {any} */
  const spoor = {
    ...Object.fromEntries(
      VERBS.map((verb) => [
        verb,
        (/** @type {any[]} */ ...args) => {
          if (real) real[verb](...args);
          else if (kept.length < most && isPage()) kept.push([verb, args]);
        },
      ]),
    ),
    status: () =>
      real ? real.status() : { state: "stopped", reason: "not started" },
    /** @param {any[]} what */
    on(...what) {
      const entry = { what, undo: real?.on(...what) };
      if (most && isPage()) heard.add(entry);
      return () => {
        heard.delete(entry);
        entry.undo?.();
      };
    },
  };
  return {
    spoor,
    /** @param {any} [tracker] none where the one in use has stopped */
    use(tracker) {
      if (tracker === real) return;
      real = tracker;
      if (!real) return;
      for (const entry of heard) entry.undo = real.on(...entry.what);
      for (const [verb, args] of kept.splice(0)) real[verb](...args);
    },
  };
}

/** Loads what starts the tracker: not with the page's own script. */
const load = () => import("./index.js");
/** @param {() => any} config */
const begin = async (config) => (await load()).init(config());

/** Resolves in the next task: WebKit may run microtasks between taking an element out and putting it in elsewhere. */
const task = () => new Promise((done) => setTimeout(done));

/** @typedef {{ by: object, holders: number, began: Promise<any>, over?: Promise<void> }} Started */
/** The page's tracker as it was started here. @type {Started | undefined} */
let current;

/**
 * Returns a stand-in and `hold`, which starts the page's tracker in its place, with what `config` returns then, and returns what lets
 * go of it. Once its last holder has let go, and does not hold it again at once, it is stopped: a tree that is mounted twice, or
 * moved, starts once. It is the page's only one: whoever holds while another does, holds the same.
 * @param {() => any} config
 */
export function holder(config) {
  const { spoor, use } = standIn();
  const by = {};
  // It is on its way while the tree is still being put together.
  if (isPage()) load().catch(() => {});
  const hold = () => {
    if (!isPage()) return () => {};
    /** @type {Started} */
    const one =
      current && (current.by === by || current.holders)
        ? current
        : {
            by,
            holders: 0,
            began: Promise.resolve(current?.over)
              .then(() => begin(config))
              .catch((error) => warn(`not started: ${error}`)),
          };
    current = one;
    one.holders++;
    let held = true;
    one.began.then((tracker) => held && use(tracker));
    return () => {
      if (!held) return;
      held = false;
      one.holders--;
      one.over = one.began.then(async (tracker) => {
        await task();
        if (one.holders) return;
        use();
        tracker?.stop();
        if (current === one) current = undefined;
      });
    };
  };
  return { spoor, hold };
}

/** Returns the same for a tracker that somebody else starts, and stops. @param {Promise<any>} tracker */
export function borrower(tracker) {
  const { spoor, use } = standIn();
  const hold = () => {
    let held = true;
    tracker.then(
      (tracker) => held && use(tracker),
      () => {},
    );
    return () => {
      held = false;
      use();
    };
  };
  return { spoor, hold };
}
