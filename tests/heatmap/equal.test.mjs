// js/heatmap.js, as it is published, reads what Rust reads: of golden chunks, and of thousands that change with each run.
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { unpack } from "spoor/heatmap";
import { run } from "../../js/build/command.mjs";

const CHUNKS = 5000;
/** `SEED=7 node --test tests/heatmap` plays a run again. */
const SEED = process.env.SEED ?? String(randomInt(2 ** 32));
/** All that can be wrong with a chunk. */
const REASONS = [
  "a step from nowhere",
  "bytes after the last point",
  "ends too early",
  "more shared than there is",
  "no such anchor",
  "no such selector",
  "no such shape",
  "not a chunk of version 3 or 4",
  "number out of range",
  "selector is not UTF-8",
  "selector too long",
  "time out of range",
  "too many anchors",
  "too many points",
  "too many selectors",
  "unknown kind of point",
];

/** Returns what is read of `data`, as tests/heatmap/told.rs tells it. */
function told(data) {
  try {
    return { chunk: unpack(data) };
  } catch ({ name, message, offset, reason }) {
    assert.equal(name, "Error", message);
    assert.equal(
      message,
      `not a heatmap chunk at its byte ${offset}: ${reason}`,
    );
    return { broken: { offset, reason } };
  }
}

function compare(expected, data, title) {
  assert.deepEqual(told(data), expected, title);
  const bytes = Buffer.from(data, "base64url");
  assert.deepEqual(told(new Uint8Array(bytes)), expected, title);
}

test("golden chunks are read as by Rust", () => {
  for (const version of [3, 4]) {
    const name = `../fixtures/chunks-v${version}.json`;
    const golden = JSON.parse(
      readFileSync(new URL(name, import.meta.url), "utf8"),
    );
    assert.notEqual(golden.length, 0);
    for (const { name, data, ...expected } of golden)
      compare(expected, data, `version ${version}: ${name}`);
  }
});

test(`any chunk is read, or refused, as by Rust (SEED=${SEED})`, async () => {
  const example = ["run", "--locked", "--quiet", "--example", "chunks"];
  const lines = await run("Rust reads chunks", "cargo", [
    ...[...example, "--", SEED, CHUNKS],
  ]);
  const all = lines
    .trim()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
  assert.equal(all.length, CHUNKS);
  for (const { data, ...expected } of all) compare(expected, data, data);

  // Otherwise it would say nothing.
  const chunks = all.flatMap(({ chunk = [] }) => chunk);
  const values = (list) => [...new Set(list)].sort();
  assert.deepEqual(
    values(all.flatMap(({ broken }) => broken?.reason ?? [])),
    REASONS,
  );
  const points = chunks.flatMap(({ points }) => points);
  const frames = chunks
    .flatMap(({ anchors }) => anchors)
    .map(({ frame }) => frame.scroller ?? frame);
  const counts = {
    kinds: values(points.map(({ kind }) => kind)).length,
    pointers: values(points.map(({ pointer }) => pointer)).length,
    frames: values(frames.map((frame) => typeof frame + (frame[0] ?? "")))
      .length,
    wholes: chunks.length >= CHUNKS / 4,
  };
  assert.deepEqual(counts, { kinds: 5, pointers: 4, frames: 3, wholes: true });
});

test("a text that no encoder writes is refused with its character", () => {
  for (const [text, offset] of [
    ["Zg==", 2],
    ["Zm9v+", 4],
    ["Z", 1],
    ["Zh", 2],
    ["AgAAA", 5],
    ["Zm9ä", 3],
    ["Ag\u{1f6d2}", 2],
    ["AgAA AA", 4],
  ]) {
    const reason = "not base64url without padding";
    const message = `at character ${offset}: ${reason}`;
    assert.throws(() => unpack(text), { message, offset, reason }, text);
  }
});

test("bytes may lie anywhere in a buffer, and come from another realm", async () => {
  const { runInNewContext } = await import("node:vm");
  const bytes = [4, 1, 0, 0, 1, 97, 0, 0];
  const expected = { selectors: ["a"], anchors: [], points: [] };
  const buffer = Uint8Array.of(9, 9, ...bytes, 9);
  assert.deepEqual(unpack(buffer.subarray(2, 10)), expected);
  assert.deepEqual(unpack(Buffer.from(bytes)), expected);
  const foreign = runInNewContext(`Uint8Array.of(${bytes})`);
  assert.deepEqual(unpack(foreign), expected);
  for (const data of [undefined, null, 5, bytes, buffer.buffer])
    assert.throws(() => unpack(data), TypeError);
});

test("as many as may be are read, and one more is refused before it is", () => {
  const varint = (n) => [(n & 0x7f) | 0x80, n >> 7];
  const filled = (count, one) => Array(count).fill(one).flat();
  const click = [0x88, 0, 0, 0, 0];
  const chunk = (selectors, anchors, points) =>
    Uint8Array.from([
      ...[4, ...varint(selectors), 0, 0, 0, ...filled(selectors - 1, [0])],
      ...[...varint(anchors), ...filled(anchors, [0])],
      ...[...varint(points), ...filled(points, click)],
    ]);
  const { selectors, anchors, points } = unpack(chunk(512, 512, 2048));
  assert.deepEqual(
    [selectors.length, anchors.length, points.length],
    [512, 512, 2048],
  );
  for (const [counts, offset, reason] of [
    [[513, 1, 1], 3, "too many selectors"],
    [[1, 513, 1], 8, "too many anchors"],
    [[1, 1, 2049], 11, "too many points"],
  ]) {
    assert.deepEqual(told(chunk(...counts)), { broken: { offset, reason } });
  }
});
