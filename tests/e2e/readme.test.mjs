// What the README shows is what these specs run.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { flush, openStage, running } from "./stage.mjs";

const ROOT = join(import.meta.dirname, "../..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

/** Returns the first block of the README in that language. */
function snippet(language) {
  const [, code] = README.match(
    new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``),
  );
  return code;
}

const document = (body) => ({
  type: "text/html",
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>README</title><body>${body}</body></html>`,
});

/** Opens a stage whose shop names itself by its host, as it does where the config names no site. */
async function openHost(t) {
  const stage = await openStage(t);
  stage.site = new URL(stage.front.address).host;
  return stage;
}

test("the README's program recognises what it says", async (t) => {
  const stage = await openHost(t);
  const { outputFiles } = await build({
    stdin: {
      contents: `${snippet("js")}\nwindow.spoor = spoor;`,
      resolveDir: ROOT,
    },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
  });
  stage.front.replaced.set("/readme.js", {
    type: "text/javascript",
    body: outputFiles[0].text,
  });
  stage.front.replaced.set(
    "/readme.html",
    document(`<script type="module" src="/readme.js"></script>
      <article data-sku="A1"><h2 class="title">Lamp</h2><p class="price">€19.90</p>
      <button class="add-to-cart">Add</button><button data-wishlist>Save</button></article>
      <form id="newsletter" action="javascript:void 0"><button>Sign up</button></form>`),
  );
  const page = await stage.visitor();
  await page.goto("/readme.html");
  await running(page);
  for (const label of ["Add", "Save", "Sign up"]) {
    await page.getByRole("button", { name: label }).click();
  }
  await flush(page);
  await stage.arrived("sign_up");
  const told = Object.fromEntries(
    (await stage.events()).map(({ name, params }) => [name, params]),
  );
  assert.deepEqual(told, {
    page_view: {},
    add_to_cart: {
      value: 19.9,
      currency: "EUR",
      items: [{ item_id: "A1", item_name: "Lamp", price: 19.9 }],
    },
    add_to_wishlist: {},
    sign_up: { method: "newsletter" },
  });
  assert.match(page.said.join("\n"), /add_to_cart/);
});

test("the README's script tag and markup recognise what they say", async (t) => {
  const stage = await openHost(t);
  stage.front.replaced.set(
    "/readme.html",
    document(
      `${snippet("html")}<p class="share"><a href="#shared">Share</a></p>`,
    ),
  );
  const page = await stage.visitor();
  await page.goto("/readme.html");
  await running(page);
  await page.getByRole("link", { name: "Share" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await flush(page);
  const [saved] = await stage.arrived("add_to_wishlist");
  assert.deepEqual(saved.params, {
    value: 19.9,
    items: [{ item_id: "A1", price: 19.9 }],
  });
  await stage.arrived("share");
});
