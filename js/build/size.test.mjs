import assert from "node:assert/strict";
import test from "node:test";
import { BUDGETS, faults, further, weigh } from "./size.mjs";
import { owner } from "./ledger.mjs";

const total = (brotli) => ({ raw: 3 * brotli, gzip: 2 * brotli, brotli });

test("an entry at its budget passes, and one byte more fails by name", () => {
  const budget = BUDGETS["script tag"];
  assert.deepEqual(faults({ "script tag": total(budget) }), []);
  const [fault, ...rest] = faults({ "script tag": total(budget + 1) });
  assert.match(fault, /^script tag: 1 bytes over its budget of 36,864$/);
  assert.deepEqual(rest, []);
});

test("an entry without a budget is a fault", () => {
  assert.deepEqual(faults({ worker: total(1) }), ["worker: no budget is set"]);
});

test("every entry over its budget is told", () => {
  const sizes = Object.keys(BUDGETS).map((entry) => [entry, total(1e6)]);
  assert.equal(faults(Object.fromEntries(sizes)).length, sizes.length);
});

test("an entry of the package that is listed nowhere else is listed", () => {
  const named = (file) => ({ default: `./dist/${file}` });
  const exports = {
    ".": named("index.js"),
    "./react": named("react.js"),
    "./presets/*": named("presets/*.js"),
    "./presets/auto": null,
    "./spoor.wasm": "./dist/spoor.wasm",
  };
  assert.deepEqual(further(exports, ["index.js"]), ["react.js"]);
});

test("weights are those of the compressors at their best", () => {
  const weight = weigh(Buffer.from("spoor ".repeat(1000)));
  assert.equal(weight.raw, 6000);
  assert.ok(weight.brotli < weight.gzip && weight.gzip < 100);
});

test("a function's bytes go to the crate of its type, or the module of spoor", () => {
  const cases = [
    ["spoor::wire::Envelope::write", "spoor::wire"],
    ["spoor::web::listen::attach::{{closure}}", "spoor::web::listen"],
    ["spoor::Tracker::handle", "spoor"],
    ["<spoor::value::Value as core::fmt::Debug>::fmt", "spoor::value"],
    ["core::ptr::drop_in_place<spoor::batch::Batch>", "spoor::batch"],
    ["core::ptr::drop_in_place<alloc::string::String>", "alloc"],
    ["alloc::vec::Vec<T,A>::push", "alloc"],
    ["<str as core::fmt::Display>::fmt", "core"],
    ["wasm_bindgen[a00cff21e8f9afb1]::__rt::malloc_failure", "wasm_bindgen"],
    ["<rlsf[1b8]::tlsf::Tlsf<u32>>::allocate", "rlsf"],
    ["__wbindgen_malloc", "wasm-bindgen's own"],
    ["spoor_new externref shim", "spoor::web, what is exported"],
    [undefined, "(no name)"],
  ];
  for (const [name, expected] of cases) {
    assert.equal(owner(name), expected, name);
  }
});
