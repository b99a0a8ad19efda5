// `node tests/bench/selectors.mjs`: how many selectors still name their element when a shop's page was built anew, put in another
// order, or given other styles, on the pages of the presets, in Chromium. Beside them, paths by the places of elements.
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { main, root } from "../../js/build/command.mjs";
import { filesUnder } from "../../js/build/stamp.mjs";

const PAGES = join(root, "tests/e2e/pages/presets");
/** What visitors click. */
const CLICKED =
  "a,button,[role=button],input:not([type=hidden]),select,textarea,summary,label,img,h1,h2,h3,p";

/* These run in the page. */

/** Gives each element that is clicked a mark that no selector sees, and returns the selectors of both ways. */
function begin(clicked) {
  // Build tools name the same styles anew each time, each in its own way.
  const made = ["css-", "sc-", "Card_title__"];
  [...document.body.querySelectorAll("*")].forEach((el, n) =>
    el.classList.add(`${made[n % made.length]}${hash()}`),
  );
  window.marks = new Map();
  const places = (el) => {
    const steps = [];
    for (; el.parentElement; el = el.parentElement)
      steps.unshift(
        `${el.localName}:nth-child(${[...el.parentElement.children].indexOf(el) + 1})`,
      );
    return steps.join(" > ");
  };
  return [...document.body.querySelectorAll(clicked)].map((el, n) => {
    window.marks.set(el, n);
    return { ours: window.selectorOf(el), places: places(el) };
  });

  function hash() {
    return Math.random().toString(36).slice(2, 8);
  }
}

/** Changes the page in one way. */
function change(how) {
  const all = [...document.body.querySelectorAll("*")];
  const swap = (el, to) => {
    const mark = window.marks.get(el);
    if (mark !== undefined) window.marks.set(to, mark);
  };
  const ways = {
    "built anew"() {
      for (const el of all) {
        for (const name of [...el.classList])
          if (/^(css-|sc-|Card_title__)/.test(name))
            el.classList.replace(
              name,
              name.slice(0, -6) + Math.random().toString(36).slice(2, 8),
            );
        if (/\d/.test(el.id))
          el.id = el.id.replace(/\d+/g, (digits) => `${+digits + 37}`);
      }
      const before = [document.body, ...all];
      const copy = document.body.cloneNode(true);
      [copy, ...copy.querySelectorAll("*")].forEach((to, n) =>
        swap(before[n], to),
      );
      document.body.replaceWith(copy);
    },
    "lists reversed"() {
      for (const el of [document.body, ...all]) {
        const children = [...el.children];
        const alike = children.filter(
          ({ localName, classList }) =>
            localName === children[0].localName &&
            classList[0] === children[0].classList[0],
        );
        if (alike.length > 2 && alike.length === children.length)
          el.append(...children.reverse());
      }
    },
    "styled anew"() {
      for (const el of all) {
        el.classList.toggle("active");
        el.classList.add("is-new", "mt-4");
      }
    },
    "a banner, and a note in each part"() {
      for (const part of [
        document.body,
        ...document.querySelectorAll("main,header,section,article,form,li"),
      ])
        part.prepend(
          Object.assign(document.createElement("div"), { textContent: "New" }),
        );
    },
  };
  ways[how]();
}

/** Returns how many of both ways still name what they named. */
function count(selectors) {
  const hits = (key) =>
    selectors.filter(({ [key]: selector }, n) => {
      const found = document.querySelector(selector);
      return found && window.marks.get(found) === n;
    }).length;
  return { ours: hits("ours"), places: hits("places") };
}

const WAYS = [
  "built anew",
  "lists reversed",
  "styled anew",
  "a banner, and a note in each part",
];

async function selectors() {
  const { browsers, CHROMIUM_ARGS } =
    await import("../../js/build/browser.mjs");
  const { chromium } = await import("playwright-core");
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(root, "src/web/selector.js")],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "made",
  });
  const script = `${outputFiles[0].text}; window.selectorOf = made.selectorOf;`;
  const { CHROMIUM } = await browsers(["CHROMIUM"]);
  const window = await chromium.launch({
    executablePath: CHROMIUM,
    args: CHROMIUM_ARGS,
  });
  const files = filesUnder(PAGES).filter((path) => path.endsWith(".html"));
  if (!files.length) throw new Error(`no pages in ${PAGES}`);
  const rows = new Map();
  try {
    const page = await window.newPage({ javaScriptEnabled: true });
    for (const way of WAYS)
      for (const file of files) {
        const html = readFileSync(file, "utf8").replace(
          /<script[\s\S]*?<\/script>/g,
          "",
        );
        await page.goto("about:blank");
        await page.setContent(html, { waitUntil: "domcontentloaded" });
        await page.evaluate(script);
        const told = await page.evaluate(begin, CLICKED);
        const once = await page.evaluate(count, told);
        await page.evaluate(change, way);
        const still = await page.evaluate(count, told);
        const shop = basename(dirname(file));
        add(rows, "as it was", shop, told.length, once);
        add(rows, way, shop, told.length, still);
      }
  } finally {
    await window.close();
  }
  print(rows, files.length);
}

function add(rows, way, shop, all, { ours, places }) {
  const row = rows.get(way) ?? { all: 0, ours: 0, places: 0 };
  row.all += all;
  row.ours += ours;
  row.places += places;
  rows.set(way, row);
}

function print(rows, pages) {
  const percent = (part, all) => `${((100 * part) / all).toFixed(1)} %`;
  console.log(`\n### Selectors on ${pages} pages of shops\n`);
  console.log("| page | elements | still named | by places |");
  console.log("| --- | --: | --: | --: |");
  for (const [way, { all, ours, places }] of rows)
    console.log(
      `| ${way} | ${all} | ${percent(ours, all)} | ${percent(places, all)} |`,
    );
}

main(selectors);
