import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { borrower, standIn } from "./hold.js";

/** A tracker that notes what it is told. */
function tracker() {
  const told = [];
  const verb =
    (name) =>
    (...args) =>
      told.push([name, ...args]);
  const names = ["track", "identify", "consent", "page", "flush", "stop"];
  return {
    told,
    ...Object.fromEntries(names.map((name) => [name, verb(name)])),
    status: () => ({ state: "running" }),
    on(type, listener) {
      told.push(["on", type]);
      listener({ name: "heard" });
      return () => told.push(["off", type]);
    },
  };
}

beforeEach(() => {
  globalThis.document = {};
});
afterEach(() => {
  delete globalThis.document;
});

test("calls before the start are handed over once, in their order, and then made at once", () => {
  const { spoor, use } = standIn();
  spoor.track("a", { n: 1 });
  spoor.identify("me");
  spoor.consent("granted");
  spoor.page();
  spoor.flush();
  const real = tracker();
  use(real);
  use(real);
  spoor.track("b");
  assert.deepEqual(real.told, [
    ["track", "a", { n: 1 }],
    ["identify", "me"],
    ["consent", "granted"],
    ["page"],
    ["flush"],
    ["track", "b"],
  ]);
});

test("no more calls are kept than a loop may make", () => {
  const { spoor, use } = standIn();
  for (let n = 0; n < 600; n++) spoor.track("looped", { n });
  const real = tracker();
  use(real);
  assert.equal(real.told.length, 500);
  assert.deepEqual(real.told[0], ["track", "looped", { n: 0 }]);
});

test("on a server nothing is kept", () => {
  delete globalThis.document;
  const { spoor, use } = standIn();
  spoor.track("a");
  spoor.on("conversion", () => {});
  globalThis.document = {};
  const real = tracker();
  use(real);
  assert.deepEqual(real.told, []);
});

test("a listener is there before the calls that it may hear, and after each start anew until it is taken back", () => {
  const { spoor, use } = standIn();
  const heard = [];
  spoor.track("a");
  const off = spoor.on("conversion", ({ name }) => heard.push(name));
  const first = tracker();
  use(first);
  assert.deepEqual(first.told, [
    ["on", "conversion"],
    ["track", "a"],
  ]);
  use();
  spoor.track("between");
  const second = tracker();
  use(second);
  assert.deepEqual(second.told, [
    ["on", "conversion"],
    ["track", "between"],
  ]);
  off();
  assert.deepEqual(second.told.at(-1), ["off", "conversion"]);
  use();
  const third = tracker();
  use(third);
  assert.deepEqual(third.told, []);
  assert.deepEqual(heard, ["heard", "heard"]);
});

test("status says whether it runs", () => {
  const { spoor, use } = standIn();
  assert.deepEqual(spoor.status(), { state: "stopped", reason: "not started" });
  use(tracker());
  assert.deepEqual(spoor.status(), { state: "running" });
});

test("a tracker that was lent is used while it is held, and not stopped", async () => {
  const real = tracker();
  const { spoor, hold } = borrower(Promise.resolve(real));
  spoor.track("a");
  const letGo = hold();
  letGo();
  await null;
  assert.deepEqual(real.told, [], "let go before it was there");
  const letGoAgain = hold();
  await null;
  await null;
  letGoAgain();
  assert.deepEqual(real.told, [["track", "a"]]);
});

test("a tracker that never comes throws nothing", async () => {
  const { spoor, hold } = borrower(Promise.reject(new Error("gone")));
  hold();
  await null;
  await null;
  spoor.track("a");
});
