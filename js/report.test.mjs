import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../src/web/dom.js";
import {
  after,
  ask,
  deliver,
  forget,
  later,
  report,
} from "../src/web/report.js";

/** Connects a core that notes what it hears, a list of lines for each crossing. */
function core(listeners = []) {
  const crossings = [];
  const $hear = (said, listening) => {
    crossings.push(said.split("\x1c"));
    return listening;
  };
  connect({ $listeners: new Set(listeners), $hear });
  return crossings;
}

test("what happens in a while is told in one crossing, in its order", () => {
  const crossings = core();
  report(1, 10.4, [7], "a", "b");
  after(() => {
    report(2, 20);
    after(() => report(3, 30));
  });
  report(4, 40, [], "c");
  assert.deepEqual(crossings, [], "not yet");
  deliver();
  assert.deepEqual(crossings, [
    ["1,10,7\x1da\x1db", "2,20", "3,30", "4,40\x1dc"],
  ]);
  deliver();
  assert.deepEqual(crossings[1], [""], "nothing is told twice");
});

test("what a script tells in a loop does not pile up", () => {
  const crossings = core();
  for (let n = 0; n < 1200; n++) report(1, n);
  deliver();
  const lines = crossings.flat();
  assert.ok(crossings.length > 2, `${crossings.length} crossings`);
  assert.equal(lines.length, 1200);
});

test("a task that throws takes nothing along", () => {
  const crossings = core();
  report(1, 10);
  after(() => {
    throw new Error("the page's own fault");
  });
  report(2, 20);
  deliver();
  assert.deepEqual(crossings, [["1,10", "2,20"]]);
});

test("what is asked is told at once, after all that waits", () => {
  const crossings = core([() => {}]);
  report(1, 10);
  assert.equal(ask(5, [6]), true, "what the core answers");
  assert.match(crossings[0].join(), /^1,10,5,\d+,6$/);
});

test("where somebody listens, it is told in the next task; else later", async () => {
  const next = () => new Promise((done) => setTimeout(done, 5));
  const heard = core([() => {}]);
  report(1, 10);
  await next();
  assert.equal(heard.length, 1);
  const unheard = core();
  report(1, 10);
  await next();
  assert.equal(unheard.length, 0);
  forget();
  deliver();
  assert.deepEqual(unheard, [[""]], "what was forgotten is not told");
});

test("what is due later is done once, at the sooner of its times", async () => {
  core();
  let done = 0;
  const task = () => done++;
  later(task, 500);
  later(task, 1);
  later(task, 300);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(done, 1);
  // One that is set again while it is done must not be done for ever.
  const again = () => {
    done++;
    later(again, 60);
  };
  later(again, 1);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(done, 2);
  forget();
});
