import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { check } from "./check.js";
import { NAMES, requests } from "./dialect.js";
import * as collectors from "./collectors.js";
import { envelopeOf, OPTIONS } from "../tests/dialects/visit.mjs";

const made = (
  event,
  more = {},
  envelope = envelopeOf(["add_to_cart"], false),
) =>
  requests(
    { name: "own", event, body: "$events", ...more },
    OPTIONS,
    envelope,
    { consent: "granted" },
  );
/** What a template makes of an `add_to_cart`. */
const one = (template) => {
  const [request] = made({ it: template }).requests;
  return request && JSON.parse(request.body)[0].it;
};

test("each function makes of a template what it says", () => {
  for (const [template, expected] of [
    ["$name", "add_to_cart"],
    ["$$name", "$name"],
    ["plain", "plain"],
    ["$params.items.0.item_id", "A1"],
    ["$params.items.7.item_id", undefined],
    ["$params.toString", undefined],
    [null, null],
    [{ a: 1, b: "$none" }, { a: 1 }],
    [{ b: "$none" }, undefined],
    [{}, {}],
    [["$none", "$name"], ["add_to_cart"]],
    [{ $or: ["$none", "", "x"] }, "x"],
    [{ $or: ["$none", ""] }, ""],
    [{ $if: ["$user", "yes", "no"] }, "yes"],
    [{ $if: ["$none", "yes", "no"] }, "no"],
    [{ $if: ["$none", "yes"] }, undefined],
    [{ $case: ["$name", { add_to_cart: "Added" }, "other"] }, "Added"],
    [{ $case: ["$name", { toString: "never" }, "other"] }, "other"],
    [{ $case: ["$user", "$option.goals", "other"] }, "other"],
    [{ $case: ["item_id", "$params.items.0", "other"] }, "A1"],
    [{ $text: ["a", 1, "$name"] }, "a1add_to_cart"],
    [{ $text: ["a", "$none"] }, undefined],
    [{ $string: "$params.value" }, "39.8"],
    [{ $strings: { a: 1, b: [2] } }, { a: "1", b: "[2]" }],
    [{ $flat: { a: 1, b: [2], c: "x" } }, { a: 1, b: "[2]", c: "x" }],
    [{ $json: { a: "$user" } }, '{"a":"customer-17"}'],
    [{ $base64url: "Å?>" }, "w4U_Pg"],
    [{ $query: { a: "x y", b: "&" } }, "a=x+y&b=%26"],
    [{ $query: "$none" }, undefined],
    [{ $cut: ["$name", 3] }, "add"],
    [{ $cut: [1234, 3] }, "123"],
    [{ $cut: ["$none", 3] }, undefined],
    [{ $sum: { $each: ["$params.items", "$it.price"] } }, 19.9],
    [{ $sum: [1, 2.5, "3"] }, 6.5],
    [{ $sum: "$none" }, 0],
    [{ $lines: [{ a: 1 }, { b: 2 }] }, '{"a":1}\n{"b":2}\n'],
    [{ $iso: "$time" }, "2025-11-22T16:00:00.123Z"],
    [{ $iso: "$name" }, undefined],
    [{ $s: "$time" }, 1763827200],
    [{ $hex: ["$visitor", 16] }, "b220a8397b1dc001"],
    [{ $each: ["$params.items", "$it.price"] }, [19.9]],
    [
      {
        $each: [
          { a: 1, b: "$none" },
          { k: "$key", v: "$it" },
        ],
      },
      [{ k: "a", v: 1 }],
    ],
    [{ $each: ["$none", "$it"] }, undefined],
    [{ $concat: ["x", ["y", "$none"]] }, ["x", "y"]],
    [
      {
        $keys: [
          { a: 1, b: 2, c: 3 },
          { a: "A", b: "" },
        ],
      },
      { A: 1, c: 3 },
    ],
    [{ $member: ["$name", 1] }, { add_to_cart: 1 }],
    [
      [
        { $type: 1 },
        { $type: 1.5 },
        { $type: "x" },
        { $type: true },
        { $type: {} },
      ],
      ["integer", "number", "string", "boolean", "object"],
    ],
    [{ "...": [{ a: 1 }, { a: 2, b: 3 }, "$none"] }, { a: 2, b: 3 }],
    [{ $$set: 1 }, { $set: 1 }],
  ])
    assert.deepEqual(one(template), expected, JSON.stringify(template));
});

test("what a page tells is never taken for a template", () => {
  const envelope = envelopeOf(["add_to_cart"], false);
  envelope.pages[0].events[0].params = {
    a: "$option.write_key",
    b: { $iso: 1 },
  };
  const read = (event) =>
    JSON.parse(made(event, {}, envelope).requests[0].body)[0];
  assert.equal(
    read({ it: { $case: ["a", "$params"] } }).it,
    "$option.write_key",
  );
  assert.deepEqual(read({ it: { $case: ["b", "$params"] } }).it, { $iso: 1 });
  assert.deepEqual(
    read({ it: "$params" }).it,
    envelope.pages[0].events[0].params,
  );
});

test("events are split by number and by bytes, and what is too large is left out and counted", () => {
  const envelope = envelopeOf(Object.keys(Array.from({ length: 10 })), false);
  const count = (most) => {
    const { requests: all, trims } = made(
      { n: "$name", pad: "x".repeat(1000) },
      { most },
      envelope,
    );
    return [all.map(({ body }) => JSON.parse(body).length), trims];
  };
  assert.deepEqual(count({ events: 4 }), [[4, 4, 2], 0]);
  assert.deepEqual(count({ bytes: 5000 }), [[3, 3, 3, 1], 0]);
  assert.deepEqual(count({ event_bytes: 900 }), [[], 10]);
});

test("names, texts and members are cut to the limits, and counted", () => {
  const params = { a: "long text", b: { c: "long text" }, d: 1 };
  const envelope = envelopeOf(["add_to_cart"], false);
  envelope.pages[0].events[0].params = params;
  const { requests: all, trims } = made(
    { name: "$name", params: "$params" },
    { most: { name: 3, text: 4, keys: 2 } },
    envelope,
  );
  assert.deepEqual(JSON.parse(all[0].body), [
    { name: "add", params: { a: "long", b: { c: "long" } } },
  ]);
  assert.equal(trims, 4);
});

// --- whatever is put in ---

const path = fc.constantFrom(
  "$name",
  "$params",
  "$params.items",
  "$params.items.0",
  "$page.url",
  "$time",
  "$none",
  "$session.source",
  "$it",
  "$key",
  "$option.goals",
  "$events",
);
const leaf = fc.oneof(
  path,
  // One that begins with "$" is a path.
  fc.string().map((text) => text.replace(/^\$(?!\$)/, "")),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const { template } = fc.letrec((tie) => {
  const any = tie("template");
  const few = fc.array(any, { minLength: 1, maxLength: 4 });
  const words = fc.string().filter((key) => key[0] !== "$");
  const table = fc.dictionary(words, any, { maxKeys: 3 });
  return {
    template: fc.oneof(
      { maxDepth: 4, depthIdentifier: "template" },
      leaf,
      few,
      fc.dictionary(
        fc.string().filter((key) => !/^\$[^$]|^\$$/.test(key)),
        any,
        { maxKeys: 4 },
      ),
      fc.record({ "...": any, a: any }),
      ...[
        "$string",
        "$strings",
        "$flat",
        "$json",
        "$base64url",
        "$query",
        "$lines",
        "$iso",
        "$s",
        "$sum",
        "$type",
      ].map((name) => fc.record({ [name]: any })),
      ...["$or", "$text", "$concat"].map((name) => fc.record({ [name]: few })),
      fc.record({ $if: fc.tuple(any, any, any) }),
      fc.record({ $each: fc.tuple(any, any) }),
      fc.record({ $member: fc.tuple(any, any) }),
      fc.record({ $hex: fc.tuple(any, fc.integer({ min: 1, max: 32 })) }),
      fc.record({ $cut: fc.tuple(any, fc.integer({ min: 1, max: 65_536 })) }),
      fc.record({ $case: fc.tuple(any, fc.oneof(table, path), any) }),
      fc.record({
        $keys: fc.tuple(
          any,
          fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
        ),
      }),
    ),
  };
});
const limit = fc.option(fc.integer({ min: 1, max: 5000 }), { nil: undefined });
const most = fc
  .record({
    events: limit,
    bytes: limit,
    event_bytes: limit,
    keys: limit,
    name: limit,
    text: limit,
  })
  .map((limits) =>
    Object.fromEntries(Object.entries(limits).filter(([, number]) => number)),
  );
const documents = fc.record({
  name: fc.constant("own"),
  url: template,
  most,
  event: template,
  heat: template,
  body: template,
});
const envelopes = fc
  .array(fc.tuple(fc.string(), fc.dictionary(fc.string(), fc.jsonValue())), {
    maxLength: 5,
  })
  .map((events) => {
    const envelope = envelopeOf([], true);
    envelope.pages[0].events = events.map(([name, params], index) => ({
      seq: index + 1,
      t: index,
      name,
      params,
    }));
    return envelope;
  });

test("whatever the document and the envelope, the engine ends, throws nothing, and what it says is text", () => {
  fc.assert(
    fc.property(documents, envelopes, (document, envelope) => {
      assert.deepEqual(check(document), []);
      const { requests: all, trims } = requests(document, OPTIONS, envelope);
      for (const { body, type } of all)
        assert.equal(typeof body, "string", type);
      assert.ok(trims >= 0);
    }),
    { numRuns: 3000 },
  );
});

test("what is told may be named as what makes a text or a number of an object", () => {
  const odd = { toString: 1, valueOf: 1 };
  const at = "$params.odd";
  for (const template of [
    { $iso: at },
    { $s: at },
    { $sum: [at, 1] },
    { $member: [at, 1] },
    { $case: [at, { a: 1 }, 2] },
    { $text: [at, "!"] },
    { $cut: [at, 3] },
    { $hex: [at, 3] },
    { $query: { a: at } },
  ]) {
    const document = {
      name: "odd",
      event: { n: "$name", it: template },
      body: "$events",
    };
    const envelope = envelopeOf(["add_to_cart"], false);
    envelope.pages[0].events[0].params = { odd };
    assert.deepEqual(check(document), []);
    const [{ body }] = requests(document, OPTIONS, envelope).requests;
    assert.equal(typeof body, "string", JSON.stringify(template));
  }
});

test("whatever the envelope, each collector gets JSON, lines of it, or a form", () => {
  const read = {
    clickhouse: (body) =>
      body
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    goatcounter: (body) => assert.equal(body, ""),
    mixpanel: (body) => JSON.parse(new URLSearchParams(body).get("data")),
  };
  read.ndjson = read.clickhouse;
  for (const [name, collector] of Object.entries(collectors))
    fc.assert(
      fc.property(envelopes, (envelope) => {
        for (const { body, push, url } of requests(
          collector({}).dialect,
          OPTIONS,
          envelope,
        ).requests) {
          if (push) JSON.parse(JSON.stringify(body));
          else (read[name] ?? JSON.parse)(body);
          if (!push) new URL(url);
        }
      }),
      { numRuns: 150 },
    );
});

test("the linter finds every part of a document that is broken, by its path", () => {
  const own = (event) => ({ name: "own", event, body: "$events" });
  for (const [document, path] of [
    [7, "dialect"],
    [[], "dialect"],
    [{ name: "own", body: "$events" }, "dialect.event"],
    [{ name: "own", event: {} }, "dialect.body"],
    [{ event: {}, body: "$events" }, "dialect.name"],
    [{ ...own("x"), evnet: 1 }, "dialect.evnet"],
    [{ ...own("x"), most: { evnts: 1 } }, "dialect.most.evnts"],
    [{ ...own("x"), most: { events: 0 } }, "dialect.most.events"],
    [{ ...own("x"), most: { bytes: "9" } }, "dialect.most.bytes"],
    [{ ...own("x"), most: 9 }, "dialect.most"],
    [{ ...own("x"), headers: "x" }, "dialect.headers"],
    [{ ...own("x"), call: 1 }, "dialect.call"],
    [{ ...own("x"), needs: "url" }, "dialect.needs"],
    [{ ...own("x"), type: "" }, "dialect.type"],
    [own("$evnt.name"), "dialect.event"],
    [own({ a: ["$params."] }), "dialect.event.a[0]"],
    [own({ $isoo: "$time" }), "dialect.event.$isoo"],
    [own({ a: { $iso: "$time", b: 1 } }), "dialect.event.a"],
    [own({ $iso: undefined }), "dialect.event.$iso"],
    [own({ $or: "$name" }), "dialect.event.$or"],
    [own({ $or: [] }), "dialect.event.$or"],
    [own({ $if: ["$name"] }), "dialect.event.$if"],
    [own({ $case: ["$name", 7] }), "dialect.event.$case[1]"],
    [own({ $case: ["$name", { a: "$nme" }] }), "dialect.event.$case[1].a"],
    [own({ $keys: ["$params", { a: 1 }] }), "dialect.event.$keys[1].a"],
    [own({ $keys: ["$params", "x"] }), "dialect.event.$keys[1]"],
    [own({ $hex: ["$id", 0] }), "dialect.event.$hex[1]"],
    [own({ $hex: ["$id"] }), "dialect.event.$hex"],
    [own({ $cut: ["$id", "3"] }), "dialect.event.$cut[1]"],
    [own({ a: () => 1 }), "dialect.event.a"],
    [own({ a: NaN }), "dialect.event.a"],
  ]) {
    const faults = check(document);
    assert.ok(
      faults.some((fault) => fault.startsWith(`${path}: `)),
      `${path} in ${faults}`,
    );
  }
  const circle = own({});
  circle.event.circle = circle.event;
  assert.match(check(circle)[0], /too deep, or a circle/);
});

test("a break at any place of a document that works is found there", () => {
  /** Returns the places of templates where a function's name, or a path, may be broken. */
  const places = (value, path, out = []) => {
    if (typeof value === "string" && /^\$[^$]/.test(value)) out.push(path);
    if (value && typeof value === "object")
      for (const key of Object.keys(value))
        places(value[key], [...path, key], out);
    return out;
  };
  const all = Object.values(collectors).map((collector) =>
    JSON.parse(JSON.stringify(collector({}).dialect)),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.nat(),
      fc.constantFrom(
        "$nothing_such",
        "$params..x",
        { $nosuch: 1 },
        { $iso: 1, $s: 2 },
      ),
      (document, pick, broken) => {
        const copy = structuredClone(document);
        const found = places(
          { event: copy.event, body: copy.body, url: copy.url },
          [],
        );
        const where = found[pick % found.length];
        let holder = copy;
        for (const key of where.slice(0, -1)) holder = holder[key];
        holder[where.at(-1)] = broken;
        assert.ok(check(copy).length > 0, where.join("."));
      },
    ),
    { numRuns: 2000 },
  );
});

test("the linter knows each function", () => {
  assert.ok(NAMES.length > 15);
  for (const name of NAMES)
    assert.doesNotMatch(
      `${check({ name: "own", event: { [name]: 7 }, body: [] })}`,
      /no such function/,
    );
});
