// Every event that spoor tells arrives at every collector, and what the table of docs/collectors.md says stands where it says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { clickhouseRead, decoded, matomoRead } from "./clients.mjs";
import { collectors, envelopeOf, EVENTS, requestsTo } from "./visit.mjs";

const read = (file) =>
  readFileSync(join(import.meta.dirname, "../..", file), "utf8");
/** Returns the cells of a table's row. */
const cells = (row) => row.split("|").slice(1, -1);
/** Returns what stands between backticks. */
const quoted = (text) => [...text.matchAll(/`([^`]+)`/g)].map(([, one]) => one);

/** By dialect, the fields of each column. */
const TABLE = (() => {
  const [, text] = /\n(\| dialect \| name [^]*?\n)\n/.exec(
    read("docs/collectors.md"),
  );
  const [head, , ...rows] = text.trim().split("\n").map(cells);
  const columns = head.map((cell) => cell.trim());
  return Object.fromEntries(
    rows.flatMap((row) => {
      const fields = Object.fromEntries(
        row.map((cell, index) => [columns[index], quoted(cell)]),
      );
      return fields.dialect.map((name) => [name, fields]);
    }),
  );
})();

const params = (text) => Object.fromEntries(new URLSearchParams(text));
const inJson =
  (listOf) =>
  ({ body }) => {
    const whole = JSON.parse(body);
    return { whole, events: listOf(whole) };
  };
const lines = ({ body }) => ({
  events: body
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line)),
});
/** Reads the events of a request, and the body around them, as objects. */
const READ = {
  segment: inJson(({ batch }) => batch),
  rudderstack: inJson(({ batch }) => batch),
  jitsu: inJson(({ batch }) => batch),
  posthog: inJson(({ batch }) => batch),
  amplitude: inJson(({ events }) => events),
  ga4: inJson(({ events }) => events),
  json: inJson(({ events }) => events),
  webhook: inJson(({ event, data }) => {
    assert.equal(event, data.name);
    return [data];
  }),
  cloudevents: inJson((events) => events),
  umami: inJson((events) => events.map(({ payload }) => payload)),
  plausible: inJson((event) => [event]),
  matomo: inJson((body) => matomoRead(body).requests),
  snowplow: inJson(({ data }) =>
    data.map((event) => ({
      ...event,
      ue_px: event.ue_px && decoded(event.ue_px),
      cx: decoded(event.cx),
    })),
  ),
  otlp: inJson(({ resourceLogs: [{ scopeLogs }] }) =>
    scopeLogs[0].logRecords.map(({ attributes, ...record }) => ({
      ...record,
      ...Object.fromEntries(
        attributes.map(({ key, value }) => [key, Object.values(value)[0]]),
      ),
    })),
  ),
  mixpanel: ({ body }) => ({ events: JSON.parse(params(body).data) }),
  goatcounter: ({ url }) => ({ events: [params(url.split("?")[1])] }),
  clickhouse: ({ url, body }) => ({
    events: clickhouseRead(body, { url }).rows,
  }),
  ndjson: lines,
  gtag: ({ body: [command, name, params] }) => {
    assert.equal(command, "event");
    return { events: [{ name, params }] };
  },
  datalayer: ({ body }) => ({ events: body.event ? [body] : [] }),
  pixel: ({ body }) => ({ events: [body] }),
};

/** Returns what stands at a path, in the event or, from "/", in the body around it; "?" leads into a query. */
function at(path, event, whole) {
  if (path[0] === "/") return at(path.slice(1), whole);
  const [first, query] = path.split("?");
  const value =
    first in event
      ? event[first]
      : first.split(/\.(?! )/).reduce((inner, name) => inner?.[name], event);
  if (!query) return value;
  return new URLSearchParams(
    String(value).includes("?") ? value.split("?")[1] : value,
  ).get(query);
}

const [PAGE] = envelopeOf().pages;
const { visitor, session } = envelopeOf();
/** What may stand for each of these, in the collector's own form. */
const EXPECTED = {
  // The page's, counted on by the event's number.
  id: [PAGE.id.replace(/3$/, "4")],
  visitor: [visitor, visitor.replaceAll("-", "").slice(-16)],
  visit: [
    session.id,
    session.started_at,
    `${Math.floor(session.started_at / 1000)}`,
  ],
  page: [PAGE.url, new URL(PAGE.url).pathname, PAGE.id.slice(-6)],
  campaign: ["autumn"],
};
/** Returns whether a value is one of those: an address with its query, or what is a row's column of JSON, says it along with more. */
const says = (value, wanted) =>
  wanted.includes(value) ||
  (typeof value === "string" &&
    (wanted.includes(value.split("?")[0]) ||
      wanted.some((one) => value.includes(`:"${one}"`))));

test("the table names every dialect, and the visit every event that spoor tells", () => {
  assert.deepEqual(Object.keys(TABLE).sort(), Object.keys(collectors).sort());
  assert.deepEqual(Object.keys(READ).sort(), Object.keys(collectors).sort());
  const rows = read("docs/events.md")
    .split("\n")
    .filter((line) => line.startsWith("| "));
  const told = rows.flatMap((row) => quoted(cells(row)[0]));
  const behind = rows
    .flatMap((row) => quoted(row))
    .filter((name) => name in EVENTS);
  assert.ok(told.length > 30);
  for (const name of told) assert.ok(name in EVENTS, name);
  const known = new Set([...told, ...behind, "page_view", "size_guide_opened"]);
  for (const name of Object.keys(EVENTS)) assert.ok(known.has(name), name);
});

for (const name of Object.keys(collectors))
  test(`${name}: each event arrives, with all that the guide says of it`, () => {
    const fields = TABLE[name];
    let count = 0;
    for (const event of Object.keys(EVENTS)) {
      const envelope = envelopeOf([event], false);
      const { requests, trims } = requestsTo(name, envelope);
      assert.equal(trims, 0, event);
      const all = requests.flatMap((request) => {
        assert.ok(request.push || new URL(request.url, "https://any.example"));
        assert.doesNotMatch(
          JSON.stringify(request.body),
          /undefined|NaN|\[object/,
          event,
        );
        const { events, whole } = READ[name](request);
        return events.map((one) => ({ one, whole }));
      });
      if (fields["left out"].includes(event)) {
        assert.deepEqual(all, [], event);
        continue;
      }
      assert.equal(all.length, 1, event);
      count++;
      const [{ one, whole }] = all;
      const look = (paths) =>
        paths
          .map((path) => at(path, one, whole))
          .find((value) => value != null);
      assert.match(String(look(fields.name)), /\S/, `${event}: name`);
      for (const [what, wanted] of Object.entries(EXPECTED)) {
        if (!fields[what][0]) continue;
        // GoatCounter has a name in the place of the path.
        if (name === "goatcounter" && what === "page" && event !== "page_view")
          continue;
        const value = look(fields[what]);
        assert.ok(says(value, wanted), `${event}: ${what} is ${value}`);
      }
      if (fields.consent[0]) {
        const [other] = requestsTo(name, envelope, "cookieless").requests;
        const told = READ[name](other);
        const without = at(fields.consent[0], told.events[0], told.whole);
        const granted = look(fields.consent);
        assert.notEqual(granted, undefined, `${event}: consent`);
        assert.notEqual(granted, without, `${event}: consent`);
      }
    }
    assert.equal(count + fields["left out"].length, Object.keys(EVENTS).length);
  });
