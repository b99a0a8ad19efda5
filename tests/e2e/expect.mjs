// Compares what arrived with what was expected, saying only as much of it as matters.
import assert from "node:assert/strict";

/** Asserts that `events` are exactly those of `expected`, each `[name, params]`; further params of an event are its own. */
export function assertEvents(events, expected) {
  assert.deepEqual(
    events.map(({ name }) => name),
    expected.map(([name]) => name),
  );
  events.forEach(({ name, params }, index) => {
    const [, wanted] = expected[index];
    assert.deepEqual(part(params ?? {}, wanted), wanted, name);
  });
}

/** What `found` says of the keys of `wanted`. */
const part = (found, wanted) =>
  Object.fromEntries(Object.keys(wanted).map((key) => [key, found[key]]));

/** Asserts that no event is there twice under different numbers or the same one. */
export function assertNoRepeats(events) {
  const ids = events.map(({ page_id, seq }) => `${page_id} ${seq}`);
  assert.equal(new Set(ids).size, ids.length, "an event is stored twice");
}
