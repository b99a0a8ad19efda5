import assert from "node:assert/strict";
import { test } from "node:test";
import { halves } from "./split.js";

const ID = "0190a5e2-6b1c-7d3a-9f00-ff4dcc3b5aa7";

/** A batch of pages with so many events and heat entries each. */
function batch(...sizes) {
  const list = (count, one) => Array.from({ length: count }, (_, n) => one(n));
  const pages = sizes.map(([events, heat], at) => ({
    id: `page ${at}`,
    ...(events && { events: list(events, (seq) => ({ seq, name: "step" })) }),
    ...(heat && { heat: list(heat, (seq) => ({ seq: 100 + seq })) }),
  }));
  const losses = { refused: 2 };
  return { v: 1, batch: ID, sent_at: 7, visitor: "v", pages, losses };
}

/** Every event and every heat entry of some pages, as `page kind seq`. */
const contents = (pages) =>
  pages.flatMap(({ id, events = [], heat = [] }) => [
    ...events.map(({ seq }) => `${id} event ${seq}`),
    ...heat.map(({ seq }) => `${id} heat ${seq}`),
  ]);

/** Halves a batch until there are only single things; returns the envelopes, and how each is kept. */
function apart(body, id, number) {
  const parts = halves(body, id, number);
  if (!parts.length) return [[id, number, JSON.parse(body)]];
  return parts.flatMap(([part, text]) => {
    const at = text.indexOf("{");
    return apart(text.slice(at), part, +text.slice(0, at));
  });
}

test("halved to the end, everything is there once, under ids of their own", () => {
  const whole = batch([3, 1], [0, 2], [40, 0]);
  const parts = apart(JSON.stringify(whole), ID, 43 * 4 + 1);
  assert.equal(parts.length, 46);
  const all = parts.flatMap(([, , { pages }]) => contents(pages));
  assert.deepEqual(all.sort(), contents(whole.pages).sort());
  assert.equal(new Set(parts.map(([id]) => id)).size, 46);
  const told = parts.filter(([, , { losses }]) => losses);
  assert.equal(told.length, 1, "losses are told once");
  for (const [id, number, envelope] of parts) {
    const { losses, pages, ...head } = envelope;
    assert.deepEqual(head, { v: 1, batch: id, sent_at: 7, visitor: "v" });
    assert.equal(id.slice(0, 24), ID.slice(0, 24), "its time stays");
    assert.match(id, /^[\da-f-]{36}$/);
    const events = pages.flatMap((page) => page.events ?? []).length;
    assert.equal(number, events * 4 + 1, "as important as the whole");
  }
});

test("whoever halves the same batch makes the same halves", () => {
  const body = JSON.stringify(batch([4, 0]));
  assert.deepEqual(halves(body, ID, 17), halves(body, ID, 17));
});

test("a single event has no halves", () => {
  for (const one of [batch([1, 0]), batch([0, 1]), batch()])
    assert.deepEqual(halves(JSON.stringify(one), ID, 5), []);
});
