import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { open } from "./outlets.js";
import {
  amplitude,
  datalayer,
  gtag,
  plausible,
  segment,
  webhook,
} from "./collectors.js";
import { envelopeOf } from "../tests/dialects/visit.mjs";

/** What the page has asked for, and how each request is answered: by address, a status, or a text that is thrown. */
let asked = [];
let beacons = [];
let answers = {};
const page = {
  document: { visibilityState: "visible", addEventListener() {} },
  location: { href: "https://shop.example/", origin: "https://shop.example" },
  window: globalThis,
  addEventListener() {},
  fetch: async (url, init) => {
    asked.push({ url, ...init });
    const status = answers[url] ?? 200;
    if (typeof status === "string") throw new Error(status);
    return new Response(null, { status });
  },
};
Object.assign(globalThis, page);
Object.defineProperty(globalThis, "navigator", {
  value: { sendBeacon: (url, body) => !!beacons.push({ url, body }) },
  configurable: true,
});
const partOf = (name) => import(`./${name}.js`);
const opened = async (config) => {
  const net = await open(config, partOf);
  net.consent = "granted";
  return net;
};
const send = (
  net,
  envelope = envelopeOf(["page_view", "add_to_cart", "purchase"], false),
) =>
  net.fetch("", {
    method: "POST",
    body: JSON.stringify(envelope),
    keepalive: true,
  });
const namesIn = ({ body }) =>
  JSON.parse(body).batch.map(({ event }) => event ?? "page");

/** Lets all that is ready run, also what a part that is loaded waits for. */
const turns = async () => {
  await import("./split.js");
  for (let turn = 0; turn < 300; turn++) await Promise.resolve();
};

beforeEach(() => {
  asked = [];
  beacons = [];
  answers = {};
});

test("a collector is given what its filter leaves", async () => {
  for (const [filter, expected] of [
    [{}, ["page", "Product Added", "Order Completed"]],
    [{ only: ["purchase"] }, ["Order Completed"]],
    [{ except: ["page_view"] }, ["Product Added", "Order Completed"]],
    [
      { only: ["add_to_cart", "purchase"], except: ["purchase"] },
      ["Product Added"],
    ],
    [{ only: ["share"] }, undefined],
    // The visitor's share is 0.48.
    [{ sample: 0.5 }, ["page", "Product Added", "Order Completed"]],
    [{ sample: 0.4 }, undefined],
    [{ consent: "granted" }, ["page", "Product Added", "Order Completed"]],
    [{ consent: () => false }, undefined],
    [{ consent: () => globalThis.banner.allows }, undefined],
    [{ consent: "cookieless" }, undefined],
  ]) {
    asked = [];
    const net = await opened({
      collector: segment({
        url: "https://s.example",
        writeKey: "k",
        ...filter,
      }),
    });
    const answer = await send(net);
    assert.equal(answer.status, 204);
    assert.deepEqual(
      asked[0] && namesIn(asked[0]),
      expected,
      JSON.stringify(filter),
    );
  }
});

test("spoor's own envelope is filtered too, and goes as it is where nothing is", async () => {
  const envelope = envelopeOf(["page_view", "purchase"]);
  const whole = await opened({ collector: { url: "/collect" } });
  await send(whole, envelope);
  assert.equal(asked[0].body, JSON.stringify(envelope));
  const some = await opened({
    collector: { url: "/collect", only: ["purchase"] },
  });
  await send(some, envelope);
  const [{ events, heat }] = JSON.parse(asked[1].body).pages;
  assert.deepEqual(
    [events.map(({ name }) => name), heat],
    [["purchase"], undefined],
  );
});

test("of a batch that is several requests, only those without an answer are made again", async () => {
  const url = "https://p.example";
  const net = await opened({ collector: webhook({ url }) });
  const names = () => asked.map(({ body }) => JSON.parse(body).event);
  let count = 0;
  globalThis.fetch = async (url, init) => {
    asked.push({ url, ...init });
    return new Response(null, {
      status:
        JSON.parse(init.body).event === "purchase" && !count++ ? 503 : 202,
    });
  };
  assert.equal((await send(net)).status, 503);
  asked = [];
  assert.equal((await send(net)).status, 204);
  assert.deepEqual(names(), ["purchase"]);
  globalThis.fetch = page.fetch;
});

test("one refused event of several is no refusal of the others", async () => {
  const net = await opened({
    collector: webhook({ url: "https://p.example" }),
  });
  globalThis.fetch = async (_, init) =>
    new Response(null, {
      status: JSON.parse(init.body).event === "purchase" ? 400 : 202,
    });
  assert.equal((await send(net)).status, 204);
  const counted = { "webhook https://p.example": { lost: { refused: 1 } } };
  assert.deepEqual(net.told.collectors, counted);
  globalThis.fetch = async () => new Response(null, { status: 400 });
  assert.equal((await send(net)).status, 400);
  assert.deepEqual(net.told.collectors, counted, "the core counts the rest");
  globalThis.fetch = page.fetch;
});

test("of several collectors each counts the events that it refused, and halves what is too large to it, once", async () => {
  const url = "https://p.example";
  const net = await opened({
    collector: [
      plausible({ url }),
      segment({ url: "https://s.example", writeKey: "k" }),
    ],
  });
  const { fetch } = globalThis;
  globalThis.fetch = async (address, init) => {
    asked.push({ url: address, ...init });
    const isLarge = address.startsWith("https://s.example")
      ? namesIn(init)[1] || init.body.includes("Order Completed")
      : init.body.includes("add_to_cart");
    const status = init.body.includes("pageview") ? 400 : isLarge ? 413 : 200;
    return new Response(null, { status });
  };
  try {
    await send(net);
    await turns();
  } finally {
    globalThis.fetch = fetch;
  }
  const [own, other] = Object.values(net.told.collectors);
  assert.deepEqual(own.lost, { refused: 1, too_large: 1 });
  assert.deepEqual(other.lost, { too_large: 1 });
  const told = (prefix) => asked.filter((one) => one.url.startsWith(prefix));
  const names = told(url).map(({ body }) => JSON.parse(body).n);
  assert.deepEqual(names, ["pageview", "add_to_cart", "purchase"]);
  assert.deepEqual(told("https://s.example").map(namesIn), [
    ["page", "Product Added", "Order Completed"],
    ["Product Added", "Order Completed"],
    ["Order Completed"],
    ["page"],
    ["Product Added"],
  ]);
});

test("as a page is left, nine requests of all collectors together outlive it, those of a purchase first", async () => {
  const listeners = [];
  const { fetch, addEventListener } = globalThis;
  globalThis.addEventListener = (type, listener) =>
    listeners.push([type, listener]);
  globalThis.fetch = (url, init) => {
    asked.push({ url, ...init });
    return new Promise(() => {});
  };
  const tell = (type) =>
    listeners
      .filter(([of]) => of === type)
      .forEach(([, listener]) => listener({ type }));
  try {
    const net = await opened({
      collector: ["a", "b"].map((name) =>
        webhook({ url: `https://${name}.example` }),
      ),
    });
    const batch = (names, batch) => ({ ...envelopeOf(names, false), batch });
    // On their way by the time that the page is left: the first request of each, of a batch that is sent four at a time.
    await send(net, batch(["scroll"], "first"));
    await send(net, batch(["scroll", "scroll", "scroll", "click"], "heat"));
    await send(net, batch(["purchase", "page_view"], "macro"));
    assert.equal(asked.length, 2);
    tell("pagehide");
    const after = asked.slice(2).filter(({ keepalive }) => keepalive);
    const names = after.map(({ body }) => JSON.parse(body).event);
    assert.deepEqual(names.slice(0, 4), [
      ...["purchase", "page_view", "purchase", "page_view"],
    ]);
    assert.equal(names.length, 7);
  } finally {
    tell("pageshow");
    Object.assign(globalThis, { fetch, addEventListener });
  }
});

test("what a beacon cannot carry goes by fetch, and the console says so", async (t) => {
  const warned = t.mock.method(console, "warn", () => {});
  const net = await opened({
    collector: {
      dialect: "webhook",
      url: "https://w.example",
      headers: { "x-key": "1" },
    },
  });
  assert.match(
    warned.mock.calls[0].arguments[0],
    /collector\.headers: a beacon cannot carry them/,
  );
  net.sendBeacon("", JSON.stringify(envelopeOf(["purchase"], false)));
  assert.equal(beacons.length, 0);
  assert.equal(asked[0].headers["x-key"], "1");
  assert.equal(asked[0].keepalive, true);
});

test("a beacon has the type that no other origin is asked for first", async () => {
  const net = await opened({
    collector: segment({ url: "https://s.example", writeKey: "k" }),
  });
  assert.equal(
    net.sendBeacon("", JSON.stringify(envelopeOf(["purchase"], false))),
    true,
  );
  assert.equal(beacons[0].body.type, "text/plain;charset=utf-8");
});

test("what is pushed goes into the page's list: commands as arguments, events as objects", async () => {
  globalThis.dataLayer = [];
  await send(await opened({ collector: gtag({ measurementId: "G-1" }) }));
  assert.equal(
    Object.prototype.toString.call(globalThis.dataLayer[0]),
    "[object Arguments]",
  );
  assert.deepEqual([...globalThis.dataLayer[0]].slice(0, 2), [
    "event",
    "add_to_cart",
  ]);
  globalThis.dataLayer = [];
  await send(await opened({ collector: datalayer({}) }));
  assert.deepEqual(
    globalThis.dataLayer.map(({ event, ecommerce }) => event ?? ecommerce),
    ["page_view", null, "add_to_cart", null, "purchase"],
  );
  assert.equal(asked.length, 0);
});

test("faults of a collector are told by path", async () => {
  const dialect = { name: "own", event: "$evnt", body: "$events" };
  for (const [collector, fault] of [
    [[], /^collector: the list is empty/],
    [[{ url: "/a" }, 7], /^collector\[1\]: must be an address/],
    [segment({ url: "https://s.example" }), /^collector\.write_key: is needed/],
    [[{ url: "/a", only: "x" }], /^collector\[0\]\.only: must be a list/],
    [{ url: "/a", sample: 2 }, /^collector\.sample: /],
    [{ url: "/a", dialect }, /^collector\.dialect\.event: no such path/],
    [{}, /^collector\.url: is needed/],
  ])
    await assert.rejects(open({ collector }, partOf), (said) =>
      fault.test(said),
    );
  await assert.rejects(open({ collector: "/a", before: 7 }, partOf), (said) =>
    /^before: /.test(said),
  );
});

/** Codes as in src/web/dom.js. */
const [SEND, DROP, KEEP, DRAFT] = "0567";
const kept = (envelope, number = 8) => `${number}${JSON.stringify(envelope)}`;

test("before() changes, drops or fails: once for each event, and what failed is counted", async (t) => {
  t.mock.method(console, "warn", () => {});
  const seen = [];
  const net = await opened({
    collector: "/collect",
    before(event) {
      seen.push(event.name);
      if (event.name === "page_view") return null;
      if (event.name === "share") throw new Error("x");
      if (event.name === "purchase") return { ...event, params: { value: 1 } };
      event.params.more = true;
    },
  });
  const envelope = envelopeOf(
    ["page_view", "purchase", "share", "add_to_cart"],
    false,
  );
  const { batch } = envelope;
  const read = (text) => JSON.parse(text.slice(text.indexOf("{")));
  const draft = ["draft", kept(envelope, 17)];
  net.pass(draft, DRAFT);
  const said = [batch, kept(envelope, 17)];
  net.pass(said, KEEP);
  const post = ["0", "1", batch, JSON.stringify(envelope)];
  net.pass(post, SEND);
  for (const text of [draft[1], said[1], post[3]]) {
    const { pages, losses } = read(text);
    assert.deepEqual(
      pages[0].events.map(({ name, seq }) => [name, seq]),
      [
        ["purchase", 2],
        ["add_to_cart", 4],
      ],
    );
    assert.deepEqual(pages[0].events[0].params, { value: 1 });
    assert.equal(pages[0].events[1].params.more, true);
    assert.deepEqual(losses, { before_failed: 1 });
    assert.equal(Object.keys(read(text)).at(-1), "losses");
  }
  assert.match(said[1], /^9\{/);
  assert.deepEqual(seen, ["page_view", "purchase", "share", "add_to_cart"]);
  // A batch of another page has been through it there.
  const other = [
    "0",
    "2",
    "019aac4b-0000-7dd7-a220-a8397b1dcdaf",
    JSON.stringify(envelope),
  ];
  net.pass(other, SEND);
  assert.equal(other[3], JSON.stringify(envelope));
  net.pass([batch], DROP);
  assert.equal(seen.length, 4);
});

test("a batch of which before() leaves nothing is not sent", async () => {
  const net = await opened({ collector: "/collect", before: () => null });
  const envelope = envelopeOf(["page_view"], false);
  net.pass([envelope.batch, kept(envelope)], KEEP);
  const post = ["0", "1", envelope.batch, JSON.stringify(envelope)];
  net.pass(post, SEND);
  const answer = await net.fetch("", { body: post[3] });
  assert.equal(answer.status, 204);
  assert.equal(asked.length, 0);
});

test("what was trimmed is in the status", async () => {
  const net = await opened({
    collector: amplitude({ url: "https://p.example", apiKey: "k" }),
  });
  const envelope = envelopeOf(["add_to_cart"], false);
  envelope.pages[0].events[0].params = { long: "x".repeat(3000) };
  answers["https://p.example/2/httpapi"] = 503;
  await send(net, envelope);
  net.sendBeacon("", JSON.stringify(envelope));
  await send(net, envelope);
  const said = ['{"batches_waiting":0}'];
  net.pass(said, "2");
  assert.deepEqual(JSON.parse(said[0]).trims, {
    "amplitude https://p.example": 1,
  });
});

test("the browser holds requests for later, but none that would count twice, nor such as need asking", async () => {
  const held = [];
  globalThis.fetchLater = (url, init) => held.push({ url, ...init });
  const { signal } = new AbortController();
  const body = JSON.stringify(envelopeOf(["purchase"], false));
  const hold = (net) => net.fetchLater("", { body, signal, activateAfter: 7 });
  const url = "https://s.example";
  hold(await opened({ collector: segment({ url, writeKey: "k" }) }));
  assert.deepEqual(
    [held[0].url, held[0].activateAfter],
    [`${url}/v1/batch`, 7],
  );
  const net = await opened({ collector: plausible({ url }) });
  hold(net);
  assert.equal(held.length, 1);
  net.consent = "cookieless";
  hold(net);
  assert.equal(held.length, 2);
  const elsewhere = { dialect: "otlp", url };
  const asking = await opened({ collector: elsewhere, identity: "none" });
  assert.throws(() => hold(asking));
  assert.equal(held.length, 2);
  hold(
    await opened({ collector: { ...elsewhere, url: "/o" }, identity: "none" }),
  );
  assert.equal(held.length, 3);
});
