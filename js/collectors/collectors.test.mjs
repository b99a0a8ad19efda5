import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { HTTP } from "cloudevents";
import { build } from "esbuild";
import * as collectors from "../collectors.js";
import { check } from "../check.js";
import { decoded } from "../../tests/dialects/clients.mjs";
import {
  envelopeOf,
  EVENTS,
  golden,
  OPTIONS,
  requestsTo,
} from "../../tests/dialects/visit.mjs";
import { NAMES, requests } from "../dialect.js";

const GOLDEN = join(import.meta.dirname, "../../tests/fixtures/dialects");
const names = Object.keys(collectors);
/** Files that are no document. */
const OTHERS = [
  "common.js",
  "ecommerce.js",
  "snowplow-entities.js",
  "collectors.test.mjs",
];

test("a bundle has the dialects that it imports, and no others", async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { plausible } from "spoor/collectors";
        console.log(plausible({ url: "/p" }));`,
      resolveDir: import.meta.dirname,
    },
    alias: {
      "spoor/collectors": join(import.meta.dirname, "../collectors.js"),
    },
    bundle: true,
    write: false,
    format: "esm",
  });
  const { text } = outputFiles[0];
  assert.match(text, /\/api\/event/);
  for (const other of names.filter((name) => name !== "plausible"))
    assert.doesNotMatch(text, new RegExp(`name: "${other}"`), other);
});

test("each document is exported by its name", () => {
  const files = readdirSync(import.meta.dirname).filter(
    (file) => !OTHERS.includes(file),
  );
  assert.deepEqual(
    files.map((file) => file.replace(".js", "")).sort(),
    [...names].sort(),
  );
});

for (const name of names) {
  const { dialect } = collectors[name](OPTIONS);

  test(`${name} is plain data without a fault`, () => {
    assert.deepEqual(JSON.parse(JSON.stringify(dialect)), dialect);
    assert.equal(dialect.name, name);
    assert.deepEqual(check(dialect), []);
  });

  test(`${name} says each event of a visit as it is written down`, () => {
    const written = readFileSync(join(GOLDEN, `${name}.txt`), "utf8");
    assert.equal(golden(name), written);
  });

  test(`${name} keeps to its limits`, () => {
    const { most } = dialect;
    const params = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`p${n}`, "x".repeat(3000)]),
    );
    const envelope = envelopeOf();
    const [page] = envelope.pages;
    page.events = Array.from({ length: 300 }, (_, index) => ({
      seq: index + 1,
      t: index,
      name: "size_guide_opened",
      params,
    }));
    const { requests: all, trims } = requestsTo(name, envelope);
    for (const { body } of all) {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      // A form is longer than the JSON in it: braces and quotes take three bytes.
      const bytes = Buffer.byteLength(
        decodeURIComponent(text.replaceAll("+", " ")),
      );
      assert.ok(bytes <= most.bytes, `${bytes} bytes`);
    }
    const events = most.events ?? 1e9;
    assert.ok(
      all.length >= Math.ceil(page.events.length / events) || trims > 0,
    );
    if (most.keys || most.text || most.event_bytes < 100_000)
      assert.ok(trims > 0);
  });
}

/** The dedupe id of each event, by collector; those without have none. */
const IDS = {
  amplitude: (body) => JSON.parse(body).events.map((event) => event.insert_id),
  cloudevents: (body) => JSON.parse(body).map((event) => event.id),
  clickhouse: (body) =>
    body
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).id),
  datalayer: ({ event_id }) => (event_id ? [event_id] : []),
  jitsu: (body) => JSON.parse(body).batch.map((event) => event.messageId),
  json: (body) => JSON.parse(body).events.map((event) => event.id),
  mixpanel: (body) =>
    JSON.parse(new URLSearchParams(body).get("data")).map(
      ({ properties }) => properties.$insert_id,
    ),
  ndjson: (body) =>
    body
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).id),
  pixel: ({ event_id }) => [event_id],
  posthog: (body) => JSON.parse(body).batch.map((event) => event.uuid),
  rudderstack: (body) => JSON.parse(body).batch.map((event) => event.messageId),
  segment: (body) => JSON.parse(body).batch.map((event) => event.messageId),
  snowplow: (body) => JSON.parse(body).data.map((event) => event.eid),
  webhook: (body) => [JSON.parse(body).data.id],
};
for (const [name, idsOf] of Object.entries(IDS))
  test(`${name}: an event has the same dedupe id whenever and with whatever it is sent`, () => {
    const ids = (envelope) =>
      requestsTo(name, envelope).requests.flatMap(({ body }) => idsOf(body));
    const first = ids(envelopeOf());
    assert.equal(new Set(first).size, first.length);
    assert.ok(first.length >= Object.keys(EVENTS).length);
    const again = {
      ...envelopeOf(),
      batch: "019aac4b-307b-7dd7-a220-a8397b1d0000",
      sent_at: 1,
    };
    again.pages[0].events.splice(0, 3);
    const later = ids(again);
    assert.deepEqual(later, first.slice(-later.length));
  });

test("cloudevents are read by the project's own library", () => {
  const [{ body, type }] = requestsTo("cloudevents").requests;
  const events = HTTP.toEvent({ headers: { "content-type": type }, body });
  assert.equal(events.length, Object.keys(EVENTS).length + 1);
  for (const event of events) assert.ok(event.validate());
});

test("snowplow's fields are texts, and all of those that a payload must have", () => {
  const [{ body }] = requestsTo("snowplow").requests;
  for (const event of JSON.parse(body).data) {
    for (const key of ["tv", "p", "e", "eid", "dtm"])
      assert.ok(event[key], key);
    for (const [key, value] of Object.entries(event))
      assert.equal(typeof value, "string", key);
    for (const { schema } of decoded(event.cx).data)
      assert.match(
        schema,
        /^iglu:com\.snowplowanalytics\.[\w.]+\/\w+\/jsonschema\/\d-\d-\d$/,
      );
  }
});

test("points become PostHog's heatmap, by the page's address", () => {
  const bodies = requestsTo("posthog").requests.map(({ body }) =>
    JSON.parse(body),
  );
  const [heat] = bodies
    .flatMap(({ batch }) => batch)
    .filter(({ event }) => event === "$$heatmap");
  const [[url, points]] = Object.entries(heat.properties.$heatmap_data);
  assert.equal(url, "https://shop.example/p/lamp");
  assert.equal(heat.properties.$viewport_width, 1280);
  for (const point of points) {
    assert.ok(Number.isInteger(point.x) && Number.isInteger(point.y));
    assert.equal(typeof point.target_fixed, "boolean");
    assert.match(point.type, /^(click|rageclick|deadclick|mousemove)$/);
  }
});

test("without consent PostHog makes no profile, Matomo knows no visitor, GA4 hears of it", () => {
  const read = (name) =>
    requestsTo(name, envelopeOf(["page_view"], false), "cookieless").requests[0]
      .body;
  assert.equal(
    JSON.parse(read("posthog")).batch[0].properties.$process_person_profile,
    false,
  );
  assert.ok(!JSON.parse(read("matomo")).requests[0].includes("&_id="));
  assert.equal(JSON.parse(read("ga4")).consent.ad_user_data, "DENIED");
});

test("the campaign stands before the route of a page that is told by its fragment", () => {
  const envelope = envelopeOf(["page_view"], false);
  const told = () =>
    JSON.parse(requestsTo("plausible", envelope).requests[0].body).u;
  envelope.pages[0].url = "https://shop.example/#/lamp";
  assert.equal(
    told(),
    "https://shop.example/?utm_source=newsletter&utm_medium=email&utm_campaign=autumn#/lamp",
  );
  envelope.pages[0].url = "no address";
  assert.equal(told(), "no address");
});

test("a document that wants what is not there sends nothing of it", () => {
  const dialect = {
    name: "own",
    event: { a: "$params.none.of.it", b: "$params.constructor" },
    body: "$events",
  };
  assert.deepEqual(
    requests(dialect, { url: "/own" }, envelopeOf()).requests,
    [],
  );
});

const GUIDE = readFileSync(
  join(import.meta.dirname, "../../docs/collectors.md"),
  "utf8",
);

test("the guide's document makes what its collector takes", () => {
  const [, shown] = /```json\n([^]*?)```/.exec(GUIDE);
  const [, code] = /const ours = (\{[^]*?\n\});/.exec(GUIDE);
  const dialect = new Function(`return ${code}`)();
  assert.deepEqual(check(dialect), []);
  const option = { url: "https://track.example", shop: "eu" };
  const envelope = envelopeOf(["page_view", "add_to_cart"], false);
  const [request] = requests(dialect, option, envelope).requests;
  assert.equal(request.url, "https://track.example/track");
  const [wanted, made] = [shown, request.body].map((text) => JSON.parse(text));
  const [, event] = made.list;
  assert.deepEqual(Object.keys(event), Object.keys(wanted.list[0]));
  for (const key of ["what", "goods", "money"])
    assert.deepEqual(event[key], wanted.list[0][key], key);
  assert.deepEqual({ ...made, list: 0 }, { ...wanted, list: 0 });
});

test("the guide describes each function, and the README each dialect", () => {
  for (const name of NAMES) assert.ok(GUIDE.includes(`{ ${name}: `), name);
  const readme = readFileSync(
    join(import.meta.dirname, "../../README.md"),
    "utf8",
  );
  for (const name of names)
    assert.match(readme, new RegExp(`^\\|.*\`${name}\``, "m"), name);
});
