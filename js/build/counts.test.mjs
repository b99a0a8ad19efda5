import assert from "node:assert/strict";
import test from "node:test";
import { cargoCounts, nodeCounts } from "./counts.mjs";
import { lastLine, readable, settle, total } from "./parts.mjs";

const CARGO = `running 2 tests
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

   Doc-tests spoor
test result: FAILED. 3 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.4s
`;
const NODE =
  "TAP version 13\n1..3\n# tests 3\n# pass 2\n# fail 1\n# cancelled 0\n";

test("cargo's counts are summed over its binaries", () => {
  const { passed, failed } = cargoCounts({ code: 101, output: CARGO });
  assert.deepEqual({ passed, failed }, { passed: 5, failed: 1 });
});

test("node's counts are read from the end of its report", () => {
  const { passed, failed } = nodeCounts({ code: 1, output: NODE });
  assert.deepEqual({ passed, failed }, { passed: 2, failed: 1 });
});

test("of node's report what passed is left out", () => {
  const passed = (name) =>
    `# Subtest: ${name}\nok 1 - ${name}\n  ---\n  duration_ms: 1.2\n  ...\n`;
  const failed = `# told\n# Subtest: b\nnot ok 2 - b\n  ---\n  error: 'no b'\n  ...\n`;
  const inner = "    # Subtest: d\n    ok 1 - d\n    1..1\n";
  const outer = passed("e").replace("ok 1", `${inner}ok 1`);
  const output = passed("a") + failed + passed("c") + outer + NODE;
  assert.equal(nodeCounts({ code: 1, output }).output, failed + NODE);
});

test("output without a count is an error", () => {
  for (const counts of [cargoCounts, nodeCounts]) {
    assert.throws(() => counts({ code: 0, output: "hello" }), /no count/);
  }
});

test("a program that fails without a failed test counts as one failure", () => {
  const output = "test result: ok. 4 passed; 0 failed; 0 ignored\nerror: boom";
  const { passed, failed } = cargoCounts({ code: 101, output });
  assert.deepEqual({ passed, failed }, { passed: 4, failed: 1 });
});

test("a part that ran nothing, or broke down, is one failure", async () => {
  const cases = [
    async () => ({ passed: 0, failed: 0, output: "" }),
    async () => {
      throw new Error("no browser");
    },
  ];
  for (const work of cases) {
    const { passed, failed } = await settle(work);
    assert.deepEqual({ passed, failed }, { passed: 0, failed: 1 });
  }
});

test("what failed is printed without what nobody reads", () => {
  const output = `  Compiling a v1\nerror\n${"x".repeat(600)}\nend\n`;
  assert.equal(readable(output), `error\n${"x".repeat(500)} [...]\nend`);
});

test("the last line sums the parts", () => {
  const parts = [
    { passed: 2, failed: 0 },
    { passed: 3, failed: 1 },
  ];
  assert.equal(lastLine(total(parts)), "5 passed, 1 failed");
});
