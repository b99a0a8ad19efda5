// When something goes wrong between a page and its collector, everything told is stored once, or counted as lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CASES } from "../faults/cases.mjs";
import { play } from "../faults/play.mjs";
import { spoor } from "../faults/sdks.mjs";
import { mortalChromium } from "./engines/chromium.mjs";
import { engines } from "./engines.mjs";

/** Smaller and quicker than `npm run faults`: a few batches are told. */
const SCALE = {
  events: 200,
  telling_ms: 500,
  fault_ms: 1500,
  quiet_ms: 13_000,
  repeats_ms: 300,
  most_ms: 30_000,
};
/** More than a wrong clock can leave behind once it is corrected, and far less than a day. */
const MAX_CLOCK_OFF_MS = 5000;

/** What `everywhere` goes wrong is tried in all engines. A fault may `store` what it seems to lose, or have it `refused`. */
const PLAYED = [
  { name: "connections refused", everywhere: true },
  { name: "reset after the body" },
  { name: "never answered" },
  { name: "403", refused: true, everywhere: true },
  { name: "503", everywhere: true },
  { name: "429, Retry-After as a date" },
  { name: "413 for good", stores: true },
  { name: "302 to another page", everywhere: true },
  { name: "stored, reply dropped", stores: true },
  { name: "offline" },
  { name: "page left at once", stores: true, everywhere: true },
  { name: "tab closed at once", stores: true, everywhere: true },
  { name: "never answered, tab crashed after 3 s" },
  { name: "localStorage blocked, tab crashed after 3 s", stores: true },
  // So many that Chromium, which bounds what it writes to disk in an hour, has not written the last of them.
  {
    name: "connections refused, browser killed after 8 s",
    scale: { events: 1000, telling_ms: 2000, repeats_ms: 3000 },
  },
  { name: "503, 20 tabs at once" },
  { name: "503, localStorage full" },
  { name: "clock a day behind", stores: true },
];
const others = engines.filter(({ name }) => name !== mortalChromium.name);

for (const { name, everywhere, refused, stores, ...own } of PLAYED)
  for (const engine of [mortalChromium, ...(everywhere ? others : [])])
    test(`${name}: what is told is stored once, or counted, in ${engine.name}`, async (t) => {
      const one = CASES.find((known) => known.name === name);
      const scale = { ...SCALE, ...own.scale };
      const found = await play(t, one, { sdk: spoor, engine, scale });
      const told = JSON.stringify(found);
      assert.equal(found.storedTwice, 0, told);
      assert.equal(found.lost, found.reported, told);
      assert.equal(found.lost > 0, Boolean(refused), told);
      if (!stores) assert.equal(found.early, 0, told);
      assert.ok((found.clockOffMs ?? 0) < MAX_CLOCK_OFF_MS, told);
    });
