// What spoor sends is what the collector's own client sends for the same event, field by field, but for the differences that are told here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CLIENTS, clickhouseRead, matomoRead } from "./clients.mjs";
import { differences } from "./compare.mjs";
import { DIFFERENCES } from "./differences.mjs";
import { envelopeOf, EVENTS, requestsTo } from "./visit.mjs";

/** What a request holds, one event each, as `CLIENTS` take it. */
const read = {
  clickhouse: clickhouseRead,
  matomo: (body) => matomoRead(JSON.parse(body)),
  mixpanel: (body) => JSON.parse(new URLSearchParams(body).get("data")),
};
/** Only what they have in common is compared of these. */
const compared = {
  snowplow: ({ data }) => data[0].e === "ue",
};

for (const name of Object.keys(CLIENTS))
  test(`${name}: each event is what its own client sends, but for what is told`, async () => {
    const ours = Object.keys(EVENTS)
      .map((event) => requestsTo(name, envelopeOf([event], false)).requests[0])
      .map((request) => (read[name] ?? JSON.parse)(request.body, request))
      .filter(compared[name] ?? Boolean);
    const theirs = await CLIENTS[name](structuredClone(ours));
    assert.equal(theirs.length, ours.length);
    const found = new Set(
      ours.flatMap((body, index) => differences(body, theirs[index])),
    );
    assert.deepEqual([...found].sort(), Object.keys(DIFFERENCES[name]).sort());
  });
