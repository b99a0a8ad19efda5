// The script tag as shops write it: with the snippet before it, from another origin, with integrity, and twice.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DIST } from "../../js/build/bundle.mjs";
import { root } from "../../js/build/command.mjs";
import { openFront } from "./front.mjs";
import { spec } from "./spec.mjs";
import { HTML, JS, pageOf } from "./put.mjs";
import { eventually, flush, running } from "./stage.mjs";
import { bundle } from "./ways-in.mjs";

const SNIPPET = readFileSync(join(DIST, "snippet.js"), "utf8");
const TRACK = {
  add_to_wishlist: '.save[aria-pressed="false"]',
  add_to_cart: ".add",
  sign_up: { form: "#news" },
};
const BODY = `<button class="save" aria-pressed="false" onclick="ariaPressed = 'true'">Save</button><button class="add">Add</button>
<form id="news" target="nowhere" action="/nowhere"><button>Sign up</button></form><iframe name="nowhere"></iframe>`;

/** Returns a page with `head`, and the call that starts spoor on it. */
const put = (stage, path, head, config = {}) =>
  stage.front.replaced.set(
    path,
    pageOf(
      path,
      `${head}<script>window.spoor = window.spoor || []; spoor.push(["init", ${JSON.stringify({ collector: "/collect", site: stage.site, track: TRACK, ...config })}])</script>`,
      BODY,
    ),
  );

/** Has the page load the script, as its tag would have. */
const load = (page, src = "/spoor.js") =>
  page.evaluate((src) => {
    const script = document.createElement("script");
    script.src = src;
    document.head.append(script);
  }, src);

spec(
  "with the snippet, what is done before the script is asked for arrives",
  async ({ stage, page }) => {
    stage.front.replaced.set("/nowhere", { type: HTML, body: "" });
    put(stage, "/one", `<script>${SNIPPET}</script>`);
    await page.goto("/one");
    await page.evaluate(() => window.spoor.push(["track", "told", { n: 1 }]));
    await page.click(".save");
    const since = await page.evaluate(() => performance.now());
    await page.click(".add");
    await page.click("#news button");
    const until = await page.evaluate(() => performance.now());
    await load(page);
    await flush(page);
    // The heart is pressed since then, and no longer what its rule selects.
    const [saved] = await stage.arrived("add_to_wishlist");
    const [told] = await stage.arrived("told");
    const [view] = await stage.arrived("page_view");
    await stage.arrived("add_to_cart");
    await stage.arrived("sign_up");
    assert.ok(saved.at >= view.at, "on the page view");
    assert.ok(
      told.at - saved.at > until - since - 1,
      "at the time of its click",
    );
    assert.deepEqual(told.params, { n: 1 });
    // Sooner it would be the second half of a double click.
    await pause(500);
    await page.click(".add");
    await flush(page);
    await stage.arrived("add_to_cart", 2);
    const names = (await stage.events()).map(({ name }) => name);
    for (const once of ["add_to_wishlist", "sign_up", "page_view"])
      assert.equal(names.filter((name) => name === once).length, 1, once);
    assert.deepEqual(page.faults, []);
  },
);

spec(
  "with the snippet, a bundle that starts twice tells what was done before it once",
  async ({ stage, page }) => {
    const body = await bundle("again-entry.js");
    stage.front.replaced.set("/spoor.js", { type: JS, body });
    put(stage, "/one", `<script>${SNIPPET}</script>`);
    await page.goto("/one");
    await page.click(".add");
    await load(page);
    await page.waitFor(() => window.tracker?.status().state === "running");
    await page.evaluate(() => window.tracker.stop());
    await stage.arrived("add_to_cart");
    await page.evaluate(() => window.start());
    await page.evaluate(() => {
      window.tracker.track("again");
      window.tracker.flush();
    });
    await stage.arrived("again");
    const names = (await stage.events()).map(({ name }) => name);
    assert.equal(names.filter((name) => name === "add_to_cart").length, 1);
  },
);

spec(
  "where the script never comes, the snippet holds fifty clicks at most, and says nothing",
  async ({ stage, page }) => {
    put(stage, "/one", `<script>${SNIPPET}</script>`);
    await page.goto("/one");
    const kept = await page.evaluate(() => {
      for (let n = 0; n < 80; n++) document.querySelector(".add").click();
      return window.spoor.first.kept.length;
    });
    assert.equal(kept, 50);
    assert.deepEqual(page.faults, []);
  },
);

spec(
  "with the snippet, nothing is kept where spoor may not run",
  async ({ stage, page }) => {
    put(stage, "/one", `<script>${SNIPPET}</script>`, { dnt: true });
    await page.goto("/one");
    await page.evaluate(() => {
      window.first = window.spoor.first;
      Object.defineProperty(navigator, "doNotTrack", { value: "1" });
    });
    await load(page);
    await page.waitFor(() => window.spoor.status?.().state === "stopped");
    const kept = await page.evaluate(() => {
      document.querySelector(".add").click();
      return window.first.kept.length;
    });
    assert.equal(kept, 0);
  },
);

spec("from another origin it runs likewise", async ({ t, stage, page }) => {
  const cdn = await openFront(stage.collector.address);
  t.after(cdn.close);
  cdn.headers = { "access-control-allow-origin": "*" };
  const src = `${cdn.address}/spoor.js`;
  put(stage, "/one", `<script async src="${src}"></script>`, {
    heatmap: true,
  });
  await page.goto("/one");
  await running(page);
  await page.click(".add");
  await flush(page);
  await stage.arrived("add_to_cart");
  assert.deepEqual(page.faults, []);
});

const INTEGRITY = JSON.parse(
  readFileSync(join(DIST, "integrity.json"), "utf8"),
);

spec("with integrity it runs, and not where it differs", async (it) => {
  const { stage, page } = it;
  const tag = (integrity) =>
    `<script async src="/spoor.js" integrity="${integrity}" crossorigin="anonymous"></script>`;
  put(stage, "/one", tag(INTEGRITY["spoor.js"]));
  put(stage, "/two", tag(INTEGRITY["snippet.js"]));
  await page.goto("/one");
  await running(page);
  await page.goto("/two");
  assert.ok(await page.evaluate(() => Array.isArray(window.spoor)));
});

spec("twice on a page it runs once, and says so", async (it) => {
  const { stage, page } = it;
  const tag = `<script async src="/spoor.js"></script>`;
  put(stage, "/one", tag);
  await page.goto("/one");
  await running(page);
  await load(page, "/spoor.js?again");
  await eventually("a word of the second copy", () =>
    page.said.some((line) => /steps back/.test(line)),
  );
  await page.click(".add");
  await running(page);
  await flush(page);
  await stage.arrived("add_to_cart");
  const names = (await stage.events()).map(({ name }) => name);
  assert.equal(names.filter((name) => name === "page_view").length, 1);
  assert.equal(names.filter((name) => name === "add_to_cart").length, 1);
});

/** What a page says of the parts that spoor.js loads: <https://html.spec.whatwg.org/#import-map-integrity-map> */
const INTEGRITY_MAP = JSON.stringify({
  integrity: Object.fromEntries(
    Object.entries(INTEGRITY).map(([file, hash]) => [`/${file}`, hash]),
  ),
});

const BARRED = /missing integrity metadata/;

for (const isMapped of [true, false])
  spec(
    `where no script runs without integrity it runs, ${isMapped ? "with" : "without"} its parts as an import map has them`,
    async ({ stage, page }) => {
      const asked = new Set();
      stage.front.shop = ({ path }) => void asked.add(path);
      stage.front.headers = {
        "integrity-policy": "blocked-destinations=(script)",
      };
      stage.front.replaced.set("/bare.js", { type: JS, body: "ran = true" });
      const map = `<script type="importmap">${INTEGRITY_MAP}</script>`;
      put(
        stage,
        "/one",
        `${isMapped ? map : ""}<script async src="/spoor.js" integrity="${INTEGRITY["spoor.js"]}" crossorigin="anonymous"></script><script src="/bare.js"></script>`,
        { heatmap: true },
      );
      await page.goto("/one");
      await running(page);
      // Firefox 140 does not know the header: nothing is barred there.
      const runsBare = await page.evaluate(() => "ran" in window);
      const hasParts = isMapped || runsBare;
      await page.click(".add");
      await flush(page);
      await stage.arrived("add_to_cart");
      assert.equal(asked.has("/behaviour.js"), hasParts);
      // Firefox itself says so as an error of the page.
      const faults = page.faults.filter((text) => !BARRED.test(text));
      assert.deepEqual(faults, []);
      if (!hasParts) assert.match(`${page.said}`, /spoor: no behaviour: /);
    },
    // There the console is heard by a script, which is barred too.
    { but: isMapped ? [] : ["WebKit"] },
  );

const GUIDE = readFileSync(join(root, "docs/script-tag.md"), "utf8");

spec("each tag in docs/script-tag.md starts spoor", async ({ stage, page }) => {
  // Nothing there names a site.
  stage.site = new URL(stage.front.address).host;
  const tags = [...GUIDE.matchAll(/```html\n([^]*?)```/g)];
  assert.equal(tags.length, 6);
  for (const [index, [, tag]] of tags.entries()) {
    const head = tag
      .replace("/* the text of dist/snippet.js */", SNIPPET)
      .replace(
        /(\/([\w.]+)"(?:: | integrity=)")sha384-\.\.\./g,
        (_, before, file) => before + INTEGRITY[file],
      );
    stage.front.replaced.set(`/${index}`, pageOf(`${index}`, head, BODY));
    await page.goto(`/${index}`);
    await running(page);
    await page.evaluate(() => window.spoor.track("told"));
    await flush(page);
    await stage.arrived("told", index + 1);
  }
  assert.equal((await stage.arrived("size_guide_opened")).length, 1);
  assert.deepEqual(page.faults, []);
});
