import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { queues } from "./queues.js";

const KEY = /^spoor-.*\.q$/;
const NOW = Date.parse("2026-01-01T00:00:00Z");
/** The id of a batch that was made then. @param {number} at @param {number} n */
const idOf = (at, n = 0) => {
  const time = at.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${`${n}`.padStart(12, "0")}`;
};
const bodyOf = (batch, pad = "") => JSON.stringify({ batch, pad });

/** What each collector was sent, and how it answers: a status, and seconds to wait. */
let sent, answers, storage, listeners, leaving;
const post = async (outlet, answered, { body }) => {
  sent.push([outlet.name, JSON.parse(body).batch]);
  const [status, after] = answers[outlet.name] ?? [204];
  if (!status) throw new Error("no network");
  if (status === 503) answered.set(JSON.parse(body).batch, new Set([0]));
  return new Response(null, {
    status,
    headers: after ? { "retry-after": after } : {},
  });
};
const kept = () => Object.keys(storage).filter((key) => KEY.test(key));
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

beforeEach((t) => {
  [sent, answers, listeners, leaving] = [[], {}, {}, false];
  storage = Object.create({
    getItem: (key) => storage[key] ?? null,
    setItem: (key, text) => void (storage[key] = text),
    removeItem: (key) => void delete storage[key],
  });
  Object.assign(globalThis, {
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
function started(t, { mayStore = true, room, once = false } = {}) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: NOW });
  const net = { told: {}, mayStore: () => mayStore, isLeaving: () => leaving };
  const outlets = ["one", "two"].map((name) => ({
    name,
    once,
    requestsOf: (body) => [body],
  }));
  const beacons = [];
  const take = queues(
    outlets,
    { post, beacon: (request) => beacons.push(request) },
    net,
    room,
  );
  return {
    net,
    beacons,
    take: (batch, pad) => take("", { body: bodyOf(batch, pad) }),
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
  assert.match(storage[kept()[0]], /^\{"one":\[0\]\}\n/);
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
  await take(idOf(NOW));
  await settle();
  assert.deepEqual(net.told.collectors.one.lost, { refused: 1 });
  assert.equal(net.told.collectors.two.lost, undefined);
  assert.deepEqual(kept(), []);
});

test("what another page has kept is sent by this one, to those that have not answered", async (t) => {
  const old = idOf(NOW - 60_000);
  const young = idOf(NOW - 1000);
  const ancient = idOf(NOW - 30 * 86_400_000);
  storage[`spoor-${old}.q`] = `{"two":[]}\n${bodyOf(old)}`;
  storage[`spoor-${young}.q`] = `{"two":[]}\n${bodyOf(young)}`;
  storage[`spoor-${ancient}.q`] = `{"one":[],"gone":[]}\n${bodyOf(ancient)}`;
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
  storage[`spoor-${batch}.q`] = `{"one":[],"two":[]}\n${bodyOf(batch)}`;
  started(t);
  t.mock.timers.tick(0);
  await settle();
  assert.deepEqual(sent, [
    ["one", batch],
    ["two", batch],
  ]);
});

test("a queue is bounded: the oldest gives way, and is counted", async (t) => {
  answers.one = [0];
  const { take, net } = started(t, { room: { bytes: 3000 } });
  for (let n = 0; n < 5; n++) await take(idOf(NOW, n), "x".repeat(1000));
  await settle();
  const { batches_waiting, lost } = net.told.collectors.one;
  assert.deepEqual([batches_waiting, lost], [2, { queue_full: 3 }]);
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
  assert.match(storage[key], /^\{"one":\[0\],"two":\[0\]\}\n/);
  storage[key] = storage[key].replaceAll("[0]", "[]");
  listeners.pagehide();
  assert.match(storage[key], /^\{"one":\[0\],"two":\[0\]\}\n/);
});
