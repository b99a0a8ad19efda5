// What the README shows is what these specs run.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { flush, openStage, running } from "./stage.mjs";

const ROOT = join(import.meta.dirname, "../..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

/** Returns the blocks of a page in that language. */
const blocks = (page, language) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "g"))].map(
    ([, code]) => code,
  );
/** Returns the first block of the README in that language. */
const snippet = (language) => blocks(README, language)[0];

/** Puts up a page on which this program runs as a module. */
async function put({ front }, path, program, body = "") {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: ROOT },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
  });
  const type = "text/javascript";
  front.replaced.set(`${path}.js`, { type, body: outputFiles[0].text });
  const script = `<script type="module" src="${path}.js"></script>`;
  front.replaced.set(`${path}.html`, document(script + body));
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
  await put(
    stage,
    "/readme",
    `${snippet("js")}\nwindow.spoor = spoor;`,
    `<article data-sku="A1"><h2 class="title">Lamp</h2><p class="price">€19.90</p>
    <button class="add-to-cart">Add</button><button data-wishlist>Save</button></article>
    <form id="newsletter" action="javascript:void 0"><button>Sign up</button></form>`,
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

/** Programs of docs/ that start spoor, by page; what a shop has beside is put before each. */
const PROGRAMS = [
  "configure",
  "consent",
  "heatmaps",
  "presets",
  "collectors",
].flatMap((name) =>
  blocks(readFileSync(join(ROOT, `docs/${name}.md`), "utf8"), "js")
    .filter((code) => code.includes("init("))
    .map((code, index) => [`program ${index + 1} of docs/${name}.md`, code]),
);
const SHOP = `globalThis.banner = { onAnswer: (tell) => tell(true) };\n`;
const IMPORT = 'import { init } from "spoor";\n';

for (const [what, code] of PROGRAMS)
  test(`${what} starts without a word of complaint`, async (t) => {
    const stage = await openHost(t);
    const named = code
      .replace(/(const \w+ = )?(await )?init\(/, "window.spoor = await init(")
      .replace("=> spoor.", "=> window.spoor.");
    const whole = code.includes("import { init }") ? named : IMPORT + named;
    await put(stage, "/program", SHOP + whole);
    const page = await stage.visitor();
    await page.goto("/program.html");
    await running(page);
    assert.deepEqual(
      page.said.filter((line) => /spoor/.test(line)),
      [],
    );
    assert.deepEqual(page.faults, []);
  });
