import assert from "node:assert/strict";
import test from "node:test";
import binaryen from "binaryen";
import { shorten } from "./shorten.mjs";

const SNIPPET = "./snippets/spoor-1/src/web/dom.js";
const MODULE = `(module
  (import "./spoor_bg.js" "__wbg_now_1" (func $now (result i32)))
  (import "${SNIPPET}" "read" (func $read (result i32)))
  (memory (export "memory") 1)
  (func (export "spoor_sum") (result i32) (i32.add (call $now) (call $read))))`;
const GLUE = `import * as import1 from "${SNIPPET}"
import * as import2 from "${SNIPPET}"
const sum = () => wasm.spoor_sum() + wasm.memory.buffer.byteLength;
    const import0 = {
        __wbg_now_1: function() { return 40; },
    };
    const imports = {
        "./spoor_bg.js": import0,
        "${SNIPPET}": import1,
        "${SNIPPET}": import2,
    };
`;

const binary = (text) => Buffer.from(binaryen.parseText(text).emitBinary());

test("module and glue agree on the short names, and the sum is the same", async () => {
  const { wasm, glue, snippets } = shorten(binary(MODULE), GLUE);
  assert.deepEqual(snippets, [
    {
      file: "snippet_b.js",
      source: `export { read as b } from "${SNIPPET}";\n`,
    },
  ]);
  assert.doesNotMatch(glue, /spoor_|__wbg_|snippets\//);
  const imports = { a: { a: () => 40 }, b: { b: () => 2 } };
  const { instance } = await WebAssembly.instantiate(wasm, imports);
  const calls = [...glue.matchAll(/wasm\.(\w+)/g)].map(([, name]) => name);
  const [memory, sum] = ["memory", "sum"].map((what) =>
    calls.find(
      (name) =>
        typeof instance.exports[name] ===
        (what === "sum" ? "function" : "object"),
    ),
  );
  assert.equal(instance.exports[sum](), 42);
  assert.ok(instance.exports[memory] instanceof WebAssembly.Memory);
  assert.equal(glue.match(/^ +b: import/gm).length, 1);
});

test("an import that the glue does not define stops the build", () => {
  const other = GLUE.replace("__wbg_now_1:", "__wbg_then_2:");
  assert.throws(() => shorten(binary(MODULE), other), /no __wbg_now_1/);
});
