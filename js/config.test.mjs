import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pattern, read } from "./config.js";
import { explain } from "./faults.js";

/** Stands for the browser's judgement: what holds `!` is no selector. */
const isSelector = (text) => !text.includes("!");
const faults = (config) => explain(read(config, isSelector).$faults);
const shop = (config) => ({ collector: "/c", ...config });
const tracking = (track) => shop({ track });
/** Returns the rules of a config that has no fault. */
const rules = (track, more) => {
  const { $faults, $rules } = read({ ...tracking(track), ...more }, isSelector);
  assert.deepEqual($faults, []);
  return $rules;
};
const FIXTURES = join(import.meta.dirname, "../tests/fixtures");

const PERCENT =
  "must be whole percentages from 1 to 100, rising, such as [25, 50, 75, 90]";
const EITHER =
  'needs one of "selector" (clicks), "form" (submits), "url" or "shown" (pages) and "seen" (views)';
const NAME = "no event name; use up to 40 letters, digits and _";
const ADDRESS = 'must be an address such as "/collect", not ""';
const KNOWN =
  "collector site preset item track funnels goals heatmap consent identity bots sample privacy exclude queue gpc dnt debug";
const notSelector = (text) =>
  `not a valid selector: "${text}"; a text is written "=text"`;

test("each fault names its path and the remedy", () => {
  for (const [config, ...expected] of [
    [null, "config: must be an object", `collector: ${ADDRESS}`],
    [[], "config: must be an object", `collector: ${ADDRESS}`],
    [{}, `collector: ${ADDRESS}`],
    [{ collector: 7 }, "collector: must be a text", `collector: ${ADDRESS}`],
    [
      { collector: "collect" },
      'collector: must be an address such as "/collect", not "collect"',
    ],
    [shop({ site: 7 }), "site: must be a text"],
    [shop({ gpc: "no" }), "gpc: must be true or false"],
    [shop({ trak: {} }), 'trak: unknown option; did you mean "track"?'],
    [shop({ zzz: {} }), `zzz: unknown option; known are: ${KNOWN}`],
    [
      shop({ consent: "yes" }),
      "consent: must be one of: granted cookieless denied required",
    ],
    [shop({ identity: "cookie" }), "identity: must be one of: storage none"],
    [shop({ bots: true }), "bots: must be one of: mark drop"],
    [shop({ sample: 0 }), "sample: must be a number above 0 up to 1"],
    [shop({ sample: 1.5 }), "sample: must be a number above 0 up to 1"],
    [shop({ privacy: { query: "q" } }), "privacy.query: must be a list"],
    [
      shop({ privacy: { path: [] } }),
      'privacy.path: unknown option; did you mean "paths"?',
    ],
    [shop({ exclude: [7] }), "exclude[0]: must be a text"],
    [shop({ funnels: { a: "b" } }), "funnels.a: must be a list"],
    [shop({ funnels: { a: ["b", 7] } }), "funnels.a[1]: must be a text"],
    [shop({ goals: {} }), "goals: must be a list"],
    [
      shop({ goals: [{ name: "a b", when: "x" }] }),
      'goals[0]: needs a "name" of letters, digits and _, and "when", an event\'s name or a path',
    ],
    [
      shop({ goals: [{ name: "a", when: { value: 1 } }] }),
      'goals[0]: needs a "name" of letters, digits and _, and "when", an event\'s name or a path',
    ],
    [
      shop({ goals: [{ name: "a", when: "b", once: "day" }] }),
      "goals[0].once: must be one of: visit each",
    ],
    [shop({ heatmap: "on" }), "heatmap: must be an object"],
    [
      shop({ heatmap: { grid: 65 } }),
      "heatmap.grid: must be a number above 0 up to 64",
    ],
    [shop({ heatmap: { clicks: 1 } }), "heatmap.clicks: must be true or false"],
    [
      shop({ heatmap: { click: true } }),
      'heatmap.click: unknown option; did you mean "clicks"?',
    ],
    [shop({ track: [] }), "track: must be an object"],
    [shop({ item: [] }), "item: must be an object"],
    [shop({ item: { card: "!" } }), `item.card: ${notSelector("!")}`],
    [tracking({ "add to cart": "a" }), `track.add to cart: ${NAME}`],
    [
      tracking({ sign_up: true }),
      "track.sign_up: needs a selector; true are only: share search file_download click form rage_click dead_click error_click thrashed_cursor quick_back attention view_item select_item view_item_list",
    ],
    [
      tracking({ select_item: true }),
      "track.select_item: needs item.card, the selector of what holds one item",
    ],
    [tracking({ share: "a!" }), `track.share: ${notSelector("a!")}`],
    [
      tracking({ share: 7 }),
      "track.share: must be an object",
      `track.share: ${EITHER}`,
    ],
    [tracking({ share: {} }), `track.share: ${EITHER}`],
    [
      tracking({ share: { selector: "a", form: "b" } }),
      `track.share: ${EITHER}`,
    ],
    [
      tracking({ share: ["a", { selector: 7 }] }),
      "track.share[1].selector: must be a text",
    ],
    [
      tracking({ share: { form: "!" } }),
      `track.share.form: ${notSelector("!")}`,
    ],
    [
      tracking({ share: { form: "a", success: "!" } }),
      `track.share.success: ${notSelector("!")}`,
    ],
    [
      tracking({ share: { selector: "a", toggle: 7 } }),
      "track.share.toggle: must be a text",
    ],
    [
      tracking({ share: { seen: "a", share: 50 } }),
      "track.share.share: must be a number above 0 up to 1",
    ],
    [
      tracking({ share: { seen: "a", seconds: 90 } }),
      "track.share.seconds: must be a number above 0 up to 60",
    ],
    [
      tracking({ share: { selector: "a", items: {} } }),
      'track.share.items: unknown option; did you mean "item"?',
    ],
    [
      tracking({ share: { selector: "a", item: ".price" } }),
      "track.share.item: must be an object",
    ],
    [
      tracking({ share: { selector: "a", item: { price: [] } } }),
      'track.share.item.price: must be a text such as "@data-sku", ".price" or "=EUR", or a number',
    ],
    [
      tracking({ share: { selector: "a", value: "19 EUR!" } }),
      `track.share.value: ${notSelector("19 EUR!")}`,
    ],
    [
      tracking({ share: { selector: "a", params: { x: "@!" } } }),
      `track.share.params.x: ${notSelector("[!]")}`,
    ],
    ...[[50, 25], [0], [101], [2.5], ["25"], 25].map((scroll) => [
      tracking({ scroll }),
      `track.scroll: ${PERCENT}`,
    ]),
    [tracking({ video: 7 }), "track.video: must be an object"],
    [
      tracking({ video: { milestones: [50, 50] } }),
      `track.video.milestones: ${PERCENT}`,
    ],
    [
      tracking({ video: { milestone: [50] } }),
      'track.video.milestone: unknown option; did you mean "milestones"?',
    ],
  ])
    assert.equal(faults(config), expected.join("\n"), JSON.stringify(config));
});

test("all faults are told at once", () => {
  const said = faults({
    colector: "/c",
    track: {
      scroll: [0],
      add_to_cart: { selecter: ".add", item: { price: null } },
    },
    heatmap: { clicks: "yes" },
  });
  assert.deepEqual(
    said.split("\n").map((line) => line.split(": ")[0]),
    [
      "colector",
      "track.scroll",
      "track.add_to_cart.selecter",
      "track.add_to_cart.item.price",
      "track.add_to_cart",
      "heatmap.clicks",
      "collector",
    ],
  );
});

test("typos are told from other words", () => {
  for (const [typo, meant] of [
    ["colector", "collector"],
    ["collectors", "collector"],
    ["trak", "track"],
    ["heat_map", "heatmap"],
    ["Site", "site"],
    ["tarck", "track"],
    ["url", ""],
  ]) {
    const expected = meant ? `did you mean "${meant}"?` : `known are: ${KNOWN}`;
    assert.equal(
      faults(shop({ [typo]: 1 })),
      `${typo}: unknown option; ${expected}`,
    );
  }
});

test("expressions say where a value comes from", () => {
  const from = ($selector, $attribute) => ({ $selector, $attribute });
  const literal = ($literal) => ({ $literal });
  for (const [key, said, expected] of [
    ["x", "@data-sku", from("", "data-sku")],
    ["x", ".price", from(".price", "")],
    ["x", ".card@data-sku", from(".card", "data-sku")],
    ["x", "a[href*='@']", from("a[href*='@']", "")],
    ["x", "a[href*='@']@title", from("a[href*='@']", "title")],
    ["x", "=EUR", literal("sEUR")],
    ["x", "=", literal("s")],
    ["x", "==", literal("s=")],
    ["x", 2, literal("n2000000")],
    ["x", true, literal("t")],
    ["x", "word", from("word", "")],
    ["method", "newsletter", literal("snewsletter")],
    ["currency", "EUR", literal("sEUR")],
    ["content_type", "product", literal("sproduct")],
    ["method", "#method", from("#method", "")],
    ["method", ".method", from(".method", "")],
    ["method", "[data-m]@data-m", from("[data-m]", "data-m")],
    ["currency", "@data-currency", from("", "data-currency")],
  ]) {
    const rule = { selector: "a", params: { [key]: said }, item: { y: said } };
    const [{ $fields }] = rules({ own: rule });
    const digit = expected.$literal === undefined ? 0 : 2;
    assert.deepEqual($fields[0], { $key: digit + key, ...expected }, said);
    if (key === "x")
      assert.deepEqual(
        $fields[1],
        { $key: `${digit + 1}y`, ...expected },
        said,
      );
  }
});

test("an event may have several rules, and what is not said has a default", () => {
  const [click, form] = rules({
    sign_up: [".join", { form: "#newsletter", item: { item_id: "@id" } }],
  });
  assert.equal(`${click.$kind} ${click.$selector}`, "c .join");
  assert.equal(`${form.$kind} ${form.$selector}`, "f #newsletter");
  assert.deepEqual(
    [click.$percent, click.$ms, click.$toggle],
    [50, 1000, false],
  );
  const [seen] = rules({ own: { seen: ".x", share: 0.2, seconds: 3 } });
  assert.deepEqual([seen.$kind, seen.$percent, seen.$ms], ["v", 20, 3000]);
  assert.equal(rules({ add_to_wishlist: ".heart" })[0].$toggle, true);
  const toggled = rules({ add_to_cart: { selector: "a", toggle: ".on" } });
  assert.equal(toggled[0].$toggle, ".on");
});

test("a page is known by its address, and by what it shows", () => {
  const [thanks] = rules({ purchase: { url: "/thanks*" } });
  assert.equal(`${thanks.$kind} ${thanks.$selector}`, "p :root");
  assert.ok(thanks.$at("https://shop.example/thanks/7?x#y"));
  assert.ok(!thanks.$at("https://shop.example/cart"));
  const [both] = rules({ view_item: { url: "/p/*", shown: ".buy" } });
  assert.equal(`${both.$kind} ${both.$selector}`, "p .buy");
  assert.ok(both.$at);
});

test("a promotion is seen and clicked", () => {
  const told = rules({ promotion: ".hero" });
  assert.deepEqual(
    told.map(({ $name, $kind, $selector }) => [$name, $kind, $selector]),
    [
      ["view_promotion", "v", ".hero"],
      ["select_promotion", "c", ".hero"],
    ],
  );
  const keys = told[0].$fields.map(({ $key }) => $key);
  assert.deepEqual(keys, ["0promotion_id", "0promotion_name"]);
  const own = { selector: ".hero", params: { promotion_id: "@id" } };
  assert.equal(rules({ promotion: own })[1].$fields.length, 1);
});

test("what is switched on by its name brings its rules", () => {
  const item = { card: ".card, .tile", item_id: "@data-sku" };
  const track = { view_item: true, select_item: true, view_item_list: true };
  assert.deepEqual(
    rules({ ...track, share: true }, { item }).map(
      ({ $name, $kind, $selector }) => [$name, $kind, $selector],
    ),
    [
      ["view_item", "p", ":root"],
      [
        "share",
        "c",
        "[data-clipboard-text],[data-copy-url],[data-share=copy],.copy-link,.share-button__copy",
      ],
      ["select_item", "c", ":is(.card, .tile) a[href]"],
      ["view_item_list", "v", ":is(.card, .tile)"],
    ],
  );
});

test("the config's item describes events of one item that say nothing of theirs", () => {
  const item = { item_id: "@data-sku" };
  const own = { selector: "a", item: { item_id: "=A1" } };
  for (const [name, rule, described] of [
    ["add_to_cart", "a", true],
    ["add_to_cart", { selector: "a", value: ".total" }, true],
    ["add_to_cart", own, false],
    ["sign_up", "a", false],
  ]) {
    const [{ $item }] = rules({ [name]: rule }, { item });
    assert.equal(Boolean($item), described, name);
  }
});

test("defaults of what is watched", () => {
  for (const [track, scroll, video] of [
    [{}, false, ""],
    [{ scroll: true }, true, ""],
    [{ scroll: false, video: false }, false, ""],
    [{ video: true }, false, "video,iframe"],
    [{ video: {} }, false, "video,iframe"],
    [{ video: ".film" }, false, ".film"],
    [{ video: { selector: ".film" } }, false, ".film"],
  ]) {
    const { $scroll, $video } = read(tracking(track), isSelector);
    assert.deepEqual([$scroll, $video], [scroll, video], JSON.stringify(track));
  }
  for (const [heatmap, clicks] of [
    [true, true],
    [false, false],
    [undefined, false],
    [{}, true],
    [{ clicks: false }, false],
    // Counted in js/heat.js.
    [{ grid: 16 }, false],
  ]) {
    const { $on } = read(shop({ heatmap }), isSelector);
    assert.equal($on !== 0, clicks, JSON.stringify(heatmap));
  }
});

test("the core is told in the form that it reads", () => {
  const text = (file) => readFileSync(join(FIXTURES, file), "utf8");
  const { $faults, $core } = read(JSON.parse(text("config.json")), isSelector);
  assert.deepEqual($faults, []);
  const signs = { "\x1f": "␟", "\x1e": "␞", "\x1d": "␝", "\n": "␊" };
  const legible = $core.replace(/[\x1d-\x1f\n]/g, (code) => signs[code]);
  // The same file is what tests/host/config.rs reads.
  assert.equal(legible, text("config.written").trimEnd());
});

test("a line break in a goal's parameter ends no line", () => {
  const goal = { name: "a", when: "b", value: "two\nlines" };
  const { $core } = read(shop({ goals: [goal] }), isSelector);
  assert.match($core, /\nb\n\n\{\x1f\]\n\{\x1fvalue\x1fstwo lines\x1f\]$/);
});

test("a pattern fits the path, or path and query", () => {
  for (const [shape, path, fits] of [
    ["/order/thanks", "/order/thanks?o=1#top", true],
    ["/order/thanks", "/order/thanks/2", false],
    ["/order/*", "/order/thanks/2", true],
    ["*/thank-you", "/en/orders/7/thank-you?x=1", true],
    [
      "*route=checkout/success*",
      "/index.php?route=checkout/success&l=en",
      true,
    ],
    ["*route=checkout/success*", "/index.php?route=checkout/cart", false],
    ["/a.b", "/axb", false],
    ["/", "", true],
  ])
    assert.equal(
      pattern(shape)(`https://shop.example${path}`),
      fits,
      `${shape} on ${path}`,
    );
});
