// A module that travels as text is the module that was packed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bytesOf } from "../load.js";
import { textOf } from "./text.mjs";
import { pkg } from "./wasm.mjs";

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte);

test("every byte comes back, behind every other", () => {
  for (const before of EVERY_BYTE) {
    const bytes = Uint8Array.from([...EVERY_BYTE].flatMap((b) => [before, b]));
    assert.deepEqual(bytesOf(textOf(bytes)), bytes);
  }
  assert.deepEqual(bytesOf(""), new Uint8Array());
});

test("the text is ASCII that needs no escape in a string, whatever the page's charset", () => {
  assert.match(textOf(EVERY_BYTE), /^[ !#-[\]-}]+$/);
});

test("the module itself comes back", () => {
  const wasm = readFileSync(pkg.wasm);
  assert.deepEqual(Buffer.from(bytesOf(textOf(wasm))), wasm);
});
