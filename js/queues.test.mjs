import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { keeping, keyOf } from "./queued.js";
import { queues } from "./queues.js";

const KEY = /^spoor-.*\.q\d*$/;
const NOW = Date.parse("2026-01-01T00:00:00Z");
/** The id of a batch that was made then. @param {number} at @param {number} n */
const idOf = (at, n = 0) => {
  const time = at.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${`${n}`.padStart(12, "0")}`;
};
/** A batch of events with those names. */
const bodyOf = (batch, names = ["step"], more = {}) =>
  JSON.stringify({
    batch,
    sent_at: 1,
    pages: [
      { id: "page", events: names.map((name, at) => ({ seq: at + 1, name })) },
    ],
    ...more,
  });
const namesIn = (body) =>
  JSON.parse(body).pages.flatMap(({ events }) =>
    events.map(({ name }) => name),
  );
/** The one request of a batch, as js/outlets.js makes it. */
const requestOf = (body) => {
  const of = JSON.parse(body).pages.flatMap(({ id, events = [], heat = [] }) =>
    [...events, ...heat].map(({ seq }) => `${id} ${seq}`),
  );
  return { body, of };
};

/** What each collector was sent, also as a body, and how it answers: a status, and seconds to wait; or a function of the body. */
let sent, bodies, answers, storage, cache, listeners, leaving, flying;
const post = async (outlet, answered, { body, lost }) => {
  flying.count++;
  const { batch } = JSON.parse(body);
  sent.push([outlet.name, batch]);
  bodies.push([outlet.name, body]);
  const said = answers[outlet.name] ?? [204];
  const [status, after] = said.call ? said(body) : said;
  // As long as nobody hears of an answer.
  if (!leaving) flying.count--;
  if (!status) throw new Error("no network");
  if (status === 503) answered.set(batch, new Set([0]));
  if (status === 413) lost.too_large.push(...requestOf(body).of);
  if (status === 400) lost.refused.push(...requestOf(body).of);
  return new Response(null, {
    status,
    headers: after ? { "retry-after": after } : {},
  });
};
const kept = () => Object.keys(storage).filter((key) => KEY.test(key));
/** Lets all that is ready run, also what a part that is loaded waits for. */
const settle = async () => {
  await import("./split.js");
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
};

beforeEach((t) => {
  [sent, bodies, answers, listeners, leaving] = [[], [], {}, {}, false];
  flying = { count: 0, bytes: 0 };
  storage = Object.create({
    getItem: (key) => storage[key] ?? null,
    setItem: (key, text) => void (storage[key] = text),
    removeItem: (key) => void delete storage[key],
  });
  cache = undefined;
  const copies = {
    keys: async () =>
      [...cache.keys()].map((url) => ({ url: `https://shop.example${url}` })),
    match: async (url) => {
      const text = cache.get(new URL(url).pathname);
      return text && new Response(text);
    },
    put: async (url, response) => void cache.set(url, await response.text()),
    delete: async (url) => cache.delete(url),
  };
  Object.assign(globalThis, {
    caches: {
      has: async () => !!cache,
      open: async () => ((cache ??= new Map()), copies),
      delete: async () => void (cache = undefined),
    },
    localStorage: storage,
    addEventListener: (type, listener) => (listeners[type] = listener),
    document: { visibilityState: "visible", addEventListener() {} },
  });
  Object.defineProperty(globalThis, "navigator", {
    value: {},
    configurable: true,
  });
});

/** Starts two queues at `NOW`; resolves to what takes a batch. */
function started(
  t,
  {
    mayStore = true,
    room,
    once = false,
    isOwn = false,
    known = Promise.resolve(),
  } = {},
) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: NOW });
  const net = {
    told: {},
    known,
    consent: "granted",
    mayStore: () => mayStore && net.consent === "granted",
    isLeaving: () => leaving,
  };
  const outlets = ["one", "two"].map((name) => ({
    name,
    once,
    isOwn,
    requestsOf: (body) => [requestOf(body)],
  }));
  const beacons = [];
  const take = queues(
    outlets,
    { post, flying, beacon: ({ body }) => beacons.push(body) },
    net,
    room,
  );
  return {
    net,
    beacons,
    take: (batch, names, more) =>
      take("", { body: bodyOf(batch, names, more) }),
  };
}

test("a collector that is down holds up no other, and gets its batch when it may", async (t) => {
  answers.one = [503, "7"];
  const { take, net } = started(t);
  const batch = idOf(NOW);
  assert.equal((await take(batch)).status, 204);
  await settle();
  await take(idOf(NOW, 1));
  await settle();
  assert.deepEqual(sent, [
    ["one", batch],
    ["two", batch],
    ["two", idOf(NOW, 1)],
  ]);
  assert.equal(net.told.collectors.one.last_outcome, "later");
  assert.equal(net.told.collectors.one.batches_waiting, 2);
  assert.equal(net.told.collectors.two.batches_waiting, 0);
  assert.match(storage[kept()[0]], /^\{"one":\{"done":\[0\]\}\}\n/);
  answers.one = [200];
  t.mock.timers.tick(6900);
  await settle();
  assert.equal(sent.length, 3);
  t.mock.timers.tick(200);
  await settle();
  assert.deepEqual(sent.slice(3), [
    ["one", batch],
    ["one", idOf(NOW, 1)],
  ]);
  assert.deepEqual(kept(), []);
});

test("what a collector refuses is lost to it alone, and counted", async (t) => {
  answers.one = [400];
  const { take, net } = started(t);
  await take(idOf(NOW), ["step", "other"]);
  await settle();
  assert.deepEqual(net.told.collectors.one.lost, { refused: 2 });
  assert.equal(net.told.collectors.two.lost, undefined);
  assert.deepEqual(kept(), []);
});

test("what another page has kept is sent by this one, to those that have not answered", async (t) => {
  const old = idOf(NOW - 60_000);
  const young = idOf(NOW - 1000);
  const ancient = idOf(NOW - 30 * 86_400_000);
  storage[`spoor-${old}.q`] = `{"two":{}}\n${bodyOf(old)}`;
  storage[`spoor-${young}.q`] = `{"two":{}}\n${bodyOf(young)}`;
  storage[`spoor-${ancient}.q`] = `{"one":{},"gone":{}}\n${bodyOf(ancient)}`;
  const { net } = started(t);
  t.mock.timers.tick(1);
  await settle();
  assert.deepEqual(sent, [["two", old]]);
  assert.deepEqual(net.told.collectors.one.lost, { expired: 1 });
  assert.deepEqual(kept(), [`spoor-${young}.q`]);
  t.mock.timers.tick(11_000);
  await settle();
  assert.deepEqual(sent.slice(1), [["two", young]]);
  assert.deepEqual(kept(), []);
});

test("what is kept and was not written here is passed over, and holds up nothing", async (t) => {
  const batch = idOf(NOW - 20_000);
  ["0{}\nx", "null\nx", "7\nx", "no line"].forEach(
    (text, n) => (storage[`spoor-${idOf(NOW - 30_000, n)}.q`] = text),
  );
  storage[`spoor-${batch}.q`] = `{"one":{},"two":{}}\n${bodyOf(batch)}`;
  started(t);
  t.mock.timers.tick(0);
  await settle();
  assert.deepEqual(sent, [
    ["one", batch],
    ["two", batch],
  ]);
});

test("a queue is bounded: the least important gives way, of that the oldest, and is counted", async (t) => {
  answers.one = [0];
  const { take, net } = started(t, { room: { bytes: 4000 } });
  t.mock.timers.tick(1);
  await settle();
  const pad = "x".repeat(1000);
  for (const [n, names] of [
    ["purchase"],
    ["step"],
    ["scroll", "scroll"],
    ["step"],
    ["step"],
    ["step"],
  ].entries()) {
    await take(idOf(NOW, n), names, { pad });
    await settle();
  }
  const { batches_waiting, lost } = net.told.collectors.one;
  assert.deepEqual([batches_waiting, lost], [3, { queue_full: 4 }]);
  answers.one = [200];
  sent = [];
  t.mock.timers.tick(70_000);
  await settle();
  assert.deepEqual(
    sent.map(([, batch]) => batch),
    [0, 4, 5].map((n) => idOf(NOW, n)),
  );
});

test("as the page is left all goes at once, and what may not be kept by whatever still works", async (t) => {
  answers.one = [503, "60"];
  const { take, beacons } = started(t, { mayStore: false });
  await take(idOf(NOW));
  await settle();
  leaving = true;
  await take(idOf(NOW, 1));
  await settle();
  assert.deepEqual(sent.at(-1), ["two", idOf(NOW, 1)]);
  assert.deepEqual(beacons, [bodyOf(idOf(NOW)), bodyOf(idOf(NOW, 1))]);
  assert.deepEqual(kept(), []);
});

test("what the visitor has had cleared is not sent", async (t) => {
  answers.one = [503, "5"];
  const { take } = started(t);
  await take(idOf(NOW));
  await settle();
  for (const key of kept()) storage.removeItem(key);
  answers.one = [200];
  t.mock.timers.tick(5100);
  await settle();
  assert.equal(sent.filter(([name]) => name === "one").length, 1);
});

test("who denies is told of no more", async (t) => {
  answers.one = [503, "5"];
  const { take, net } = started(t, { mayStore: false });
  await take(idOf(NOW));
  await settle();
  net.consent = "denied";
  answers.one = [200];
  t.mock.timers.tick(5100);
  await settle();
  assert.equal(sent.length, 2);
  assert.equal(net.told.collectors.one.batches_waiting, 0);
});

test("a collector that knows no dedupe id is not sent again what was on its way as the page was left", async (t) => {
  const { take } = started(t, { once: true });
  answers.one = answers.two = [503];
  await take(idOf(NOW));
  await settle();
  const [key] = kept();
  const done = /^\{"one":\{"done":\[0\]\},"two":\{"done":\[0\]\}\}\n/;
  assert.match(storage[key], done);
  storage[key] = storage[key].replaceAll("[0]", "[]");
  listeners.pagehide();
  assert.match(storage[key], done);
});

test("who denies is told of no more as the page is left either", async (t) => {
  answers.one = [503, "60"];
  const { take, net, beacons } = started(t, { mayStore: false });
  await take(idOf(NOW));
  await settle();
  net.consent = "denied";
  listeners.pagehide();
  assert.deepEqual(beacons, []);
});

test("what is sent later says when it is sent", async (t) => {
  answers.one = [503, "7"];
  const { take } = started(t);
  await take(idOf(NOW));
  await settle();
  t.mock.timers.tick(7100);
  await settle();
  const times = bodies
    .filter(([name]) => name === "one")
    .map(([, body]) => JSON.parse(body).sent_at);
  assert.deepEqual(times, [NOW, NOW + 7100]);
});

test("a batch that is too large is halved for that collector alone, down to one event, which is lost and counted", async (t) => {
  answers.one = (body) =>
    namesIn(body).length > 2 || body.includes('"huge"') ? [413] : [200];
  const { take, net } = started(t);
  const names = ["a", "b", "huge", "c", "d", "e", "f"];
  await take(idOf(NOW), names);
  await settle();
  const taken = (wanted) =>
    bodies
      .filter(([name, body]) => name === wanted && answers.one(body)[0] === 200)
      .flatMap(([, body]) => namesIn(body));
  assert.deepEqual(taken("one").sort(), ["a", "b", "c", "d", "e", "f"]);
  assert.equal(bodies.filter(([name]) => name === "two").length, 1);
  assert.deepEqual(net.told.collectors.one.lost, { too_large: 1 });
  assert.deepEqual(net.told.collectors.two.lost, undefined);
  const batches = sent.filter(([name]) => name === "one").map(([, id]) => id);
  assert.equal(new Set(batches).size, batches.length, "ids of their own");
  assert.deepEqual(kept(), []);
});

test("halves that cannot be sent yet are kept, and sent by the next page", async (t) => {
  answers.one = (body) => (namesIn(body).length > 2 ? [413] : [0]);
  const { take } = started(t);
  await take(idOf(NOW - 60_000), ["a", "b", "c", "d"]);
  await settle();
  assert.equal(kept().length, 2);
  t.mock.timers.reset();
  answers.one = [200];
  bodies = [];
  started(t);
  t.mock.timers.tick(1);
  await settle();
  assert.deepEqual(
    bodies.map(([name, body]) => [name, namesIn(body)]),
    [
      ["one", ["a", "b"]],
      ["one", ["c", "d"]],
    ],
  );
  assert.deepEqual(kept(), []);
});

test("what is kept waits for the visitor's answer, however late that is known", async (t) => {
  answers.one = [0];
  const { take } = started(t);
  await take(idOf(NOW - 60_000), ["a", "b"]);
  await settle();
  const before = kept();
  assert.equal(before.length, 1);
  t.mock.timers.reset();
  answers.one = [200];
  bodies = [];
  let know;
  const { net } = started(t, { known: new Promise((done) => (know = done)) });
  net.consent = "";
  t.mock.timers.tick(60_000);
  await settle();
  assert.deepEqual(bodies, []);
  assert.deepEqual(kept(), before);
  net.consent = "granted";
  know();
  await settle();
  assert.deepEqual(
    bodies.map(([name, body]) => [name, namesIn(body)]),
    [["one", ["a", "b"]]],
  );
  assert.deepEqual(kept(), []);
});

test("what is lost is told in the next batch to collectors of spoor's own JSON, each of its own", async (t) => {
  answers.one = [400];
  const { take, net } = started(t, { isOwn: true });
  await take(idOf(NOW), ["a", "b"], { losses: { heat_full: 3 } });
  await settle();
  answers.one = [503, "5"];
  await take(idOf(NOW, 1), ["c"], { losses: { refused: 1 } });
  await settle();
  answers.one = [200];
  t.mock.timers.tick(5100);
  await settle();
  const told = (wanted) =>
    bodies
      .filter(([name]) => name === wanted)
      .map(([, body]) => JSON.parse(body).losses);
  const all = { heat_full: 3, refused: 3 };
  assert.deepEqual(told("one"), [{ heat_full: 3 }, all, all]);
  assert.deepEqual(told("two"), [{ heat_full: 3 }, { refused: 1 }]);
  assert.deepEqual(net.told.collectors.one.lost, { refused: 2 });
  await take(idOf(NOW, 2), ["d"]);
  await settle();
  assert.equal(told("one").at(-1), undefined, "told once");
});

test("what was lost is told by the next page where this one ends, along with what it keeps", async (t) => {
  answers.one = [400];
  const { take } = started(t, { isOwn: true });
  await take(idOf(NOW - 60_000), ["a"]);
  await settle();
  answers.one = [0];
  await take(idOf(NOW - 60_000, 1), ["b"]);
  await settle();
  t.mock.timers.reset();
  answers.one = [200];
  bodies = [];
  started(t, { isOwn: true });
  t.mock.timers.tick(1);
  await settle();
  assert.deepEqual(
    bodies.map(([, body]) => JSON.parse(body).losses),
    [{ refused: 1 }],
  );
});

test("what was lost is told in a batch of its own where the page is left and no other comes", async (t) => {
  answers.one = [400];
  const { take, beacons } = started(t, { isOwn: true });
  await take(idOf(NOW), ["a"], { losses: { heat_full: 1 }, visitor: "v" });
  await settle();
  listeners.pagehide();
  const [{ batch, ...told }, ...more] = beacons.map((body) => JSON.parse(body));
  assert.deepEqual(more, []);
  assert.notEqual(batch, idOf(NOW));
  assert.match(
    batch,
    /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/,
  );
  assert.deepEqual(told, {
    sent_at: NOW,
    visitor: "v",
    pages: [],
    losses: { heat_full: 1, refused: 1 },
  });
  listeners.pagehide();
  assert.equal(beacons.length, 1);
});

test("as the page is left the most important goes first, to whatever collector, where not all fits", async (t) => {
  answers.one = answers.two = [503, "60"];
  const { take } = started(t);
  const kinds = ["scroll", "step", undefined, "purchase"];
  for (let n = 0; n < 8; n++) {
    const name = kinds[n % 4];
    await take(idOf(NOW, n), name ? [name] : []);
  }
  await settle();
  listeners.online();
  await settle();
  answers.one = answers.two = [200];
  sent = [];
  t.mock.timers.setTime(NOW + 61_000);
  leaving = true;
  listeners.pagehide();
  await settle();
  const numbers = sent.map(([, batch]) => +batch.slice(-2));
  assert.deepEqual(numbers.slice(0, 9), [3, 7, 3, 7, 1, 5, 1, 5, 0]);
});

test("what waits is copied once a collector has not answered, and put back where the browser was killed", async (t) => {
  const { take } = started(t);
  await take(idOf(NOW - 60_000));
  await settle();
  assert.equal(cache, undefined, "no copy where all is well");
  answers.one = [0];
  await take(idOf(NOW - 60_000, 1));
  await settle();
  await take(idOf(NOW - 60_000, 2));
  await settle();
  const keys = kept().map((key) => `/${key}`);
  assert.deepEqual([...cache.keys()].sort(), keys.sort());
  assert.equal(keys.length, 2);

  // What the storage knew is gone, but for the copies.
  for (const key of kept()) delete storage[key];
  t.mock.timers.reset();
  answers.one = [200];
  sent = [];
  started(t);
  t.mock.timers.tick(1);
  await settle();
  assert.deepEqual(sent.sort(), [
    ["one", idOf(NOW - 60_000, 1)],
    ["one", idOf(NOW - 60_000, 2)],
  ]);
  assert.deepEqual(kept(), []);
  assert.deepEqual([...cache.keys()], []);
});

test("no copy outlives a denial", async (t) => {
  answers.one = [0];
  const { take, net } = started(t);
  await take(idOf(NOW));
  await settle();
  assert.equal(cache.size, 1);
  const putting = take(idOf(NOW, 1));
  net.consent = "denied";
  await putting;
  await settle();
  assert.equal(cache, undefined);
});

test("a copy that is still being written goes with what it is of", async () => {
  let write;
  const written = new Promise((resolve) => (write = resolve));
  cache = new Map();
  globalThis.caches.open = async () => ({
    put: async (url) => void cache.set(url, await written),
    delete: async (url) => cache.delete(url),
  });
  const keeper = keeping(() => true);
  keeper.copyAll();
  keeper.keep(keyOf(idOf(NOW)), { one: {} }, "{}");
  await settle();
  keeper.forget(keyOf(idOf(NOW)), "one");
  await settle();
  write("late");
  await settle();
  assert.deepEqual([...cache.keys()], []);
});

test("what is important, and what is behaviour, is as in src/conversion.rs", () => {
  const [rust, js] = ["../src/conversion.rs", "./envelope.js"].map((file) =>
    readFileSync(join(import.meta.dirname, file), "utf8"),
  );
  for (const name of ["MACRO", "BEHAVIOUR"]) {
    const [, there] = new RegExp(`${name}: &str = "(.+?)";`).exec(rust);
    const [, here] = new RegExp(`${name} =\\s+"(.+?)"`).exec(js);
    assert.equal(here, there);
  }
});
