// Plays one case: a page tells numbered events while something goes wrong, its visitor comes back on a second page, and what
// was told is set against what the server has.
import { setTimeout as sleep } from "node:timers/promises";
import { decode } from "../bench/sink.mjs";
import { pageOf } from "../e2e/put.mjs";
import { openStage } from "../e2e/stage.mjs";
import { ELSEWHERE } from "./cases.mjs";

const FIRST = "/one";
const SECOND = "/two";
const BODY = `<button onclick="this.textContent = 'Told'">Tell</button>`;
const CLICKS = 2;
const POLL_MS = 50;
const MOST_HELD_UP_MS = 60_000;

/** How long each part of a case takes; `events` are told by all tabs together. */
export const SCALE = {
  events: 1000,
  /** From the first event to the last. */
  telling_ms: 2000,
  /** From the first event to the end of the fault. */
  fault_ms: 5000,
  /** Where something is missing, it is waited for until nothing has come for so long: trackers try again after 5 s, or 10. */
  quiet_ms: 15_000,
  /** Where nothing is missing, repeats are waited for. */
  repeats_ms: 3000,
  /** All waiting together. */
  most_ms: 90_000,
};

/**
 * Plays a case with an SDK in an engine; `t` is told by `after` what to undo. Resolves to counts of events: `told`, `delivered`
 * (distinct), `early` (delivered before the fault was over), `storedTwice` (under another id, so that no server can tell),
 * `sentTwice`, `lost`, and `reported` as lost; and to the `requests` made, and `clockOffMs`, by which a stored time lies outside
 * of when it was told.
 */
export async function play(t, one, { sdk, engine, scale: whole = SCALE }) {
  const scale = { ...whole, events: whole.events - (one.fewer ?? 0) };
  const stage = await openStage(t, { engine, start: sdk.start });
  const { front } = stage;
  putUp(front, one, sdk);
  const stored = await sdk.stored(stage, t);
  const reported = (page) => sdk.reported(stage, page);
  const wait = { front, stored, reported, scale };
  const page = await stage.visitor();
  const tabs = [page];
  while (tabs.length < (one.tabs ?? 1)) tabs.push(await page.newTab());
  await Promise.all(tabs.map((tab) => openTelling(tab, sdk)));
  await atRest(wait);

  if (one.limit) front.fault = one.limit(sdk.maxBytes);
  const end = await one.begin?.({ front, page });
  const from = Date.now();
  await tellAll(tabs, one, scale);
  const until = Date.now();
  const next = one.leave ? await one.leave(page) : page;
  const over = from + scale.fault_ms;
  if (!one.leave && !goesByItself(one)) await sleep(over - Date.now());
  const early = counted(stored()).distinct;
  await end?.();

  if (one.stays) await allArrived(page, wait);
  await next.goto(SECOND);
  await next.waitFor(sdk.ready);
  await allArrived(next, wait);
  const has = counted(stored());
  return {
    told: scale.events,
    delivered: has.distinct,
    early,
    storedTwice: has.others,
    sentTwice: counted(front.posts.map(decode).flatMap(sdk.told)).copies,
    lost: scale.events - has.distinct,
    reported: await reported(next),
    requests: front.posts.length,
    clockOffMs: offBy(stored(), from, until),
  };
}

function putUp({ replaced }, { heads: [head, nextHead] = ["", ""] }, sdk) {
  replaced.set(FIRST, pageOf("One", head + sdk.head, BODY));
  replaced.set(SECOND, pageOf("Two", nextHead + sdk.head, BODY));
  replaced.set(ELSEWHERE, pageOf("Elsewhere", "", "Sign in here."));
}

const goesByItself = ({ goes }) => goes !== undefined;

async function openTelling(tab, sdk) {
  await tab.goto(FIRST);
  await tab.waitFor(sdk.ready);
  await tab.evaluate(sdk.settle);
}

/** Has every tab tell its share of the events, with clicks of the visitor in the first. */
async function tellAll(tabs, one, { events, telling_ms }) {
  const { goes } = one;
  const count = events / tabs.length;
  const share = { count, telling_ms, goes, to: SECOND };
  await Promise.all(
    tabs.map((tab, n) => tab.evaluate(tell, { ...share, first: n * count })),
  );
  for (let click = 0; click < CLICKS; click++) await tabs[0].click("button");
  // A page that goes by itself is gone before it says that it has told all.
  if (goesByItself(one)) await tabs[0].reached(SECOND);
  else await Promise.all(tabs.map(hasTold));
}

/** Resolves once the tab has told its share: a tracker may hold up its page for longer than an answer is waited for. */
async function hasTold(tab) {
  const deadline = Date.now() + MOST_HELD_UP_MS;
  for (;;)
    try {
      return await tab.evaluate(() => window.telling);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
}

/** Runs in the page: tells so many events in chunks; `window.telling` resolves behind the last. */
function tell({ first, count, telling_ms, goes, to }) {
  const CHUNKS = 20;
  const leave = () => (location.href = to);
  window.telling = new Promise((done) => {
    let n = 0;
    const timer = setInterval(() => {
      const end = Math.min(count, n + Math.ceil(count / CHUNKS));
      for (; n < end; n++) window.tell(first + n);
      if (n < count) return;
      clearInterval(timer);
      if (goes) setTimeout(leave, goes);
      else if (goes === 0) leave();
      done();
    }, telling_ms / CHUNKS);
  });
}

/** Waits until what the page says of itself has been posted, so that nothing but what is counted meets the fault. */
const atRest = ({ front, scale: { repeats_ms, most_ms } }) =>
  quiet(
    () => front.posts.length,
    () => repeats_ms,
    most_ms,
  );

/** Waits until every event is stored or reported as lost, or nothing new comes. */
function allArrived(page, { front, stored, reported, scale }) {
  let missing = scale.events;
  const state = async () => {
    const { distinct } = counted(stored());
    missing = scale.events - distinct;
    if (missing) missing -= await reported(page);
    return `${missing} ${front.posts.length}`;
  };
  const enough = () => (missing > 0 ? scale.quiet_ms : scale.repeats_ms);
  return quiet(state, enough, scale.most_ms);
}

/** Waits until what `state` tells has not changed for as long as `enough` tells. */
async function quiet(state, enough, most_ms) {
  const deadline = Date.now() + most_ms;
  let last;
  let since = Date.now();
  while (Date.now() < deadline) {
    const now = await state();
    if (now !== last) since = Date.now();
    last = now;
    if (Date.now() - since >= enough()) return;
    await sleep(POLL_MS);
  }
}

/** Returns by how many ms a stored time lies before `from` or after `until`; nothing where none is known. */
function offBy(events, from, until) {
  const times = events.map(({ at }) => at).filter(Boolean);
  if (!times.length) return undefined;
  return Math.round(
    Math.max(0, ...times.flatMap((at) => [from - at, at - until])),
  );
}

/** Counts distinct numbers, copies beyond them, and those of the copies that have an id of their own. */
function counted(events) {
  const ids = new Map();
  for (const { n, id } of events) ids.set(n, (ids.get(n) ?? new Set()).add(id));
  const all = [...ids.values()].reduce((sum, { size }) => sum + size, 0);
  const distinct = ids.size;
  return { distinct, others: all - distinct, copies: events.length - distinct };
}
