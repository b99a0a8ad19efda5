import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { detect } from "./auto.js";
import { builtIn } from "./common.js";

/** A page loads its preset beside the Wasm: as small as an icon. */
const MAX_BYTES = 1500;
/** Files that are no preset. */
const OTHERS = ["auto.js", "common.js", "preset.d.ts", "presets.test.mjs"];
const OPTIONS = ["name", "item", "track", "funnels"];
const TRIGGERS = ["selector", "form", "url", "shown", "seen"];
const RULE = [
  ...TRIGGERS,
  ..."success toggle item params method value currency transaction_id".split(
    " ",
  ),
];
const ITEM =
  "card item_id item_name price quantity item_brand item_variant currency";
/** GA4's names, and spoor's own. */
const EVENTS = [
  ...Object.keys(builtIn),
  ..."add_to_cart remove_from_cart add_to_wishlist remove_from_wishlist view_cart begin_checkout add_shipping_info add_payment_info purchase sign_up generate_lead promotion".split(
    " ",
  ),
];
/** What every shop system has. */
const ALWAYS =
  "view_item add_to_cart remove_from_cart view_cart begin_checkout sign_up generate_lead promotion";

const presets = await Promise.all(
  readdirSync(import.meta.dirname)
    .filter((file) => !OTHERS.includes(file))
    .map(async (file) => [file, (await import(`./${file}`)).default]),
);
const rulesOf = (rule) =>
  [rule].flat().filter((one) => typeof one === "object");

for (const [file, preset] of presets) {
  test(`${file} is plain data in the words of the config`, () => {
    assert.deepEqual(JSON.parse(JSON.stringify(preset)), preset);
    assert.equal(`${preset.name}.js`, file);
    known(Object.keys(preset), OPTIONS, file);
    known(Object.keys(preset.item), ITEM.split(" "), "item");
    known(ALWAYS.split(" "), Object.keys(preset.track), "covered");
    for (const [event, rules] of Object.entries(preset.track)) {
      known([event], EVENTS, "track");
      for (const rule of rulesOf(rules)) {
        known(Object.keys(rule), RULE, event);
        known(Object.keys(rule.item ?? {}), ITEM.split(" "), event);
        const triggers = TRIGGERS.filter((name) => rule[name]);
        const one = triggers.length === 1 || `${triggers}` === "url,shown";
        assert.ok(one, `${event}: one trigger, or url with shown`);
        if (rule.url) assert.match(rule.url, /^[/*]/, event);
      }
    }
    for (const steps of Object.values(preset.funnels))
      known(steps, Object.keys(preset.track), "funnels");
  });

  test(`${file} closes each bracket and quote of its selectors`, () => {
    for (const text of texts(preset)) {
      for (const [open, close] of ["[]", "()"])
        assert.equal(count(text, open), count(text, close), text);
      assert.equal(count(text, "'") % 2, 0, text);
      assert.doesNotMatch(text, /^,|,\s*(,|$)/, text);
    }
  });

  test(`${file} weighs less than ${MAX_BYTES} bytes`, async () => {
    const { outputFiles } = await build({
      entryPoints: [join(import.meta.dirname, file)],
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
    });
    const bytes = brotliCompressSync(outputFiles[0].contents).length;
    assert.ok(bytes < MAX_BYTES, `${bytes} bytes`);
  });
}

test("auto names a preset that there is, by a global or by the markup", () => {
  const bare = { querySelector: () => null };
  const names = presets.map(([, { name }]) => name);
  for (const [page, window, preset] of [
    [bare, {}, "generic"],
    [bare, { Shopify: {} }, "shopify"],
    [bare, { prestashop: {} }, "prestashop"],
    [{ querySelector: () => ({}) }, {}, "shopify"],
    [
      { querySelector: (css) => (css.includes("mage-init") ? {} : null) },
      {},
      "magento2",
    ],
  ]) {
    assert.equal(detect(page, window), preset);
    known([preset], names, "auto");
  }
});

function known(names, of, where) {
  for (const name of names)
    assert.ok(of.includes(name), `${where}: ${name}, of ${of}`);
}

/** Every text that a preset holds. */
const texts = (value) =>
  typeof value === "object"
    ? Object.values(value).flatMap(texts)
    : typeof value === "string"
      ? [value]
      : [];

const count = (text, sign) => text.split(sign).length - 1;
