// Under a `Content-Security-Policy` that bars Wasm, and under others, the same arrives. docs/csp.md has the table.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engines } from "./engines.mjs";
import { assertJourney } from "./journey.mjs";
import { shopByHand } from "./journey-by-hand.mjs";
import { spec } from "./spec.mjs";
import { flush, openStage } from "./stage.mjs";

const HEADER = "content-security-policy";
const NONCE = "r4nd0m";
const TRANSLATED = "/plain.js";
/** What Firefox itself says of Wasm that was barred, as an error of the page. */
const BARRED = /^Error: Content-Security-Policy: .* blocked WebAssembly/;
const faultsOf = ({ faults }) => faults.filter((text) => !BARRED.test(text));

/** Policies, and whether Wasm runs under them. */
const POLICIES = [
  [
    "default-src 'self'; img-src data:; script-src 'self' 'nonce-*' 'wasm-unsafe-eval'",
    true,
  ],
  ["default-src 'self'; img-src data:; script-src 'self' 'nonce-*'", false],
  ["script-src 'nonce-*' 'strict-dynamic'; base-uri 'none'", false],
  [
    "script-src 'self' 'nonce-*'; require-trusted-types-for 'script'; trusted-types 'none'",
    false,
  ],
  // No engine of today knows it: script-tag.test.mjs plays what has taken its place.
  ["script-src 'self' 'nonce-*'; require-sri-for script style", false],
];

for (const [policy, isWasm] of POLICIES)
  spec(`under ${policy} what is clicked and told arrives`, async (it) => {
    const { stage, open, page } = it;
    const asked = new Set();
    stage.front.shop = ({ path }) => void asked.add(path);
    stage.front.headers = { [HEADER]: policy.replaceAll("*", NONCE) };
    const config = {
      track: { add_to_cart: "button", form: true, scroll: true },
    };
    stage.put("/one", config, "<button>Add</button>");
    const one = stage.front.replaced.get("/one");
    one.body = one.body.replaceAll("<script", `<script nonce="${NONCE}"`);
    await open("/one", page);
    await page.click("button");
    await page.evaluate(() => window.spoor.track("step", { n: 1 }));
    await flush(page);
    const [step] = await stage.arrived("step");
    assert.deepEqual(step.params, { n: 1 });
    await stage.arrived("add_to_cart");
    assert.equal((await stage.arrived("page_view")).length, 1);
    assert.equal(asked.has(TRANSLATED), !isWasm);
    assert.deepEqual(faultsOf(page), []);
  });

for (const engine of engines)
  test(`a journey through a shop that bars Wasm arrives, each conversion once and in order, in ${engine.name}`, async (t) => {
    const stage = await openStage(t, { engine });
    stage.front.headers = { [HEADER]: "script-src 'self'" };
    const page = await stage.visitor();
    await assertJourney(stage, page, shopByHand);
    assert.deepEqual(faultsOf(page), []);
  });
