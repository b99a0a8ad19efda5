import assert from "node:assert/strict";
import { test } from "node:test";
import { faultOf } from "./fuzz.mjs";

const SEEN = "INFO: Loaded 1 modules   (5022 inline 8-bit counters): ...\n";
const RUNS = "stat::number_of_executed_units: 443457\n";

test("a run is good that ended well, saw what it reached, and went on", () => {
  for (const [code, output, seconds, fault] of [
    [0, SEEN + RUNS, 20, undefined],
    [77, `${SEEN}#7 NEW\nthread 'x' panicked at\nhere`, 20, /^thread 'x'/],
    [70, `${SEEN}==7== ERROR: libFuzzer: timeout`, 20, /^==7== ERROR/],
    [127, "spawn ENOENT", 20, /ENOENT/],
    [0, RUNS, 20, /sees nothing/],
    [0, `(0 inline 8-bit counters)${RUNS}`, 20, /sees nothing/],
    [0, SEEN + RUNS, 2000, /443457 runs in 2000 s/],
    [0, SEEN, 20, /undefined runs/],
  ]) {
    const found = faultOf(code, output, seconds);
    if (fault) assert.match(found, fault);
    else assert.equal(found, fault);
  }
});
