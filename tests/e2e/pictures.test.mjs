// Each view of the heatmap's page, drawn from the same answers of a collector, looks as its golden picture in tests/fixtures/pictures.
// Where a view is to look otherwise, `npm run pictures` draws them anew.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  PLAIN,
  TOLERATED,
  bytesOf,
  differing,
  pictureOf,
  read,
} from "./pictures.mjs";
import { HTML } from "./put.mjs";
import { openStage } from "./stage.mjs";

const FOLDER = join(import.meta.dirname, "../fixtures/pictures");
const IS_WRITING = process.env.PICTURES === "write";
const PATH = "/p/lamp";
const [WIDTH, HEIGHT] = [1280, 1600];
const WHOLE = 32_767;
const PLANTED_PX = 10;
/** Bands of a page by which attention is told. */
const BANDS = 20;

/** The page's elements: left, top, width and height. Nothing on it depends on a font. */
const BOXES = {
  "#picture": [80, 120, 520, 520],
  "#add": [720, 420, 240, 56],
  "#size": [720, 320, 360, 48],
  "#cart": [1160, 16, 96, 48],
  "#more": [80, 1240, 1120, 240],
};
const shop = (down) =>
  `<!doctype html><title>Lamp</title><style>
    html { scrollbar-width: none } body { margin: 0; height: ${HEIGHT}px; position: relative }
    div { position: absolute }
    #cart { position: fixed !important }
  </style>${Object.entries(BOXES)
    .map(([selector, [left, top, width, height]]) => {
      const style = `left:${left}px;top:${top + down}px;width:${width}px;height:${height}px`;
      return `<div id="${selector.slice(1)}" style="${style}"></div>`;
    })
    .join("")}`;

/** Of each kind, how many points lie on which element. */
const POINTS = {
  click: { "#add": 60, "#picture": 25, "#size": 30, "#cart": 20, "#more": 8 },
  move: { "#picture": 90, "#add": 70, "#more": 60, "#size": 20 },
  hover: { "#picture": 20, "#add": 12 },
  rage: { "#size": 9, "#add": 2 },
  dead: { "#picture": 14, "#more": 6 },
};
/** The same of who did not buy. */
const OTHERS = { "#picture": 110, "#size": 60, "#more": 70, "#add": 5 };
const FIXED = "#cart";

/** Shares from 0 to 1 that are spread as if by chance, the same each time: <https://en.wikipedia.org/wiki/Van_der_Corput_sequence>. */
function spread(n, base) {
  let [share, part] = [0, 1];
  for (let left = n + 1; left > 0; left = Math.floor(left / base)) {
    part /= base;
    share += (left % base) * part;
  }
  return share;
}

/** What `/api/heatmap` answers. */
function heatmap({ kind = "click", converted }) {
  const all = converted === "no" ? OTHERS : POINTS[kind];
  const elements = Object.entries(all).map(([selector, count]) => {
    const [left, top, width, height] = BOXES[selector];
    const at = [];
    for (let n = 0; n < count; n++) {
      const [x, y] = [spread(n, 2), spread(n, 3)];
      at.push([
        ...[Math.round(x * WHOLE), Math.round(y * WHOLE)],
        ...[Math.round(left + x * width), Math.round(top + y * height)],
        ...[WIDTH, selector === FIXED ? 1 : 0],
        kind === "hover" ? 400 + 100 * n : 1,
      ]);
    }
    const points = at.length;
    return { selector, points, visitors: points, buyers: 0, at };
  });
  const told = elements.reduce((sum, { points }) => sum + points, 0);
  const seen = { views: 300, visitors: 200, points: told };
  const none = { views: 0, visitors: 0, points: 0 };
  const devices = { desktop: seen, phone: none, tablet: none };
  return { path: PATH, kind, devices, told, elements };
}

/** What `/api/attention` answers of visitors who stayed so many bands farther down. */
const attention = (down = 0) => ({
  path: PATH,
  views: 300,
  fold: 0.5 + down / BANDS,
  bands: Array.from({ length: BANDS }, (_, n) => ({
    seconds: 14 * Math.exp(-(((n - down - 5) / 5) ** 2)),
    reached: Math.max(0.1, 1 - Math.max(0, n - down) ** 2 * 0.0025),
  })),
});

const ANSWERS = {
  sites: () => ({
    sites: [{ site: "demo", visits: 300, bots: 0, losses: {} }],
  }),
  pages: () => ({
    pages: [
      { path: PATH, title: "Lamp", views: 300, visits: 300, clicks: 143 },
    ],
  }),
  heatmap,
  attention: () => attention(),
};

/** Each view by the name of its picture. */
const VIEWS = {
  clicks: "kind=click",
  moves: "kind=move",
  hover: "kind=hover",
  rage: "kind=rage",
  dead: "kind=dead",
  attention: "kind=attention",
  fold: "kind=scroll",
  compare: "kind=click&compare=converted",
  difference: "kind=click&compare=converted&show=difference",
};

/** Draws a view over the page, which lies `down` pixels farther down than the answers know where nothing says so. */
async function draw(stage, page, query, down = 0) {
  stage.front.replaced.set(PATH, { type: HTML, body: shop(down) });
  const about = `site=demo&path=${encodeURIComponent(PATH)}&device=desktop`;
  // Only the part behind `#` would change: no new page.
  await page.goto("about:blank");
  await page.goto(`/reports/#heatmap?${about}&${query}`);
  const heat = page.locator(".stage canvas");
  await heat.first().waitFor();
  // As large as every canvas is before it is painted, none is afterwards.
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".stage canvas")].every(
      ({ width, height }) => width !== 300 || height !== 150,
    ),
  );
  const drawn = await page.evaluate(() =>
    [...document.querySelectorAll(".stage")].map((stage) => [
      stage.querySelector("canvas").toDataURL("image/png"),
      [...stage.querySelectorAll(".fold")].map(
        ({ style }) => parseFloat(style.top) / 100,
      ),
    ]),
  );
  const canvases = drawn.map(([url]) =>
    Buffer.from(url.split(",")[1], "base64"),
  );
  return pictureOf(
    canvases,
    drawn.map(([, folds]) => folds),
  );
}

/** Returns a picture as another scale would colour it: red, green and blue are each the next. */
function recoloured(picture) {
  const other = read(bytesOf(picture));
  for (let at = 0; at < other.data.length; at += 4) {
    const [red, green, blue] = other.data.subarray(at, at + 3);
    other.data.set([green, blue, red], at);
  }
  return other;
}

test("each view of a heatmap looks as its golden picture", async (t) => {
  const stage = await openStage(t);
  const page = await stage.visitor();
  await page.setViewportSize({ width: 1600, height: 1000 });
  await page.route("**/api/**", (route) => {
    const url = new URL(route.request().url());
    const answer = ANSWERS[url.pathname.split("/").at(-1)];
    return route.fulfill({
      json: answer(Object.fromEntries(url.searchParams)),
    });
  });
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, query] of Object.entries(VIEWS)) {
    await t.test(name, async () => {
      const file = join(FOLDER, `${name}.png`);
      const picture = await draw(stage, page, query);
      if (IS_WRITING) writeFileSync(file, bytesOf(picture));
      const golden = read(readFileSync(file));
      const off = differing(golden, picture);
      assert.ok(
        off <= TOLERATED,
        `${name}: ${(off * 100).toFixed(2)} % differ`,
      );
      const wrong = differing(golden, recoloured(picture));
      t.diagnostic(`${name}: ${off} differ, by another scale ${wrong}`);
      assert.ok(wrong > PLAIN, `another scale: only ${wrong}`);
    });
  }
  await t.test("heat that lies ten pixels off is told", async () => {
    for (const name of [
      "clicks",
      "moves",
      "hover",
      "rage",
      "dead",
      "compare",
      "difference",
    ]) {
      const golden = read(readFileSync(join(FOLDER, `${name}.png`)));
      const picture = await draw(stage, page, VIEWS[name], PLANTED_PX);
      const off = differing(golden, picture);
      t.diagnostic(`${name}: ${off} differ, ${PLANTED_PX} pixels off`);
      assert.ok(off > PLAIN, `${name}: only ${off}`);
    }
  });
  await t.test("attention that lies two bands off is told", async () => {
    await page.route("**/api/attention*", (route) =>
      route.fulfill({ json: attention(2) }),
    );
    for (const name of ["attention", "fold"]) {
      const golden = read(readFileSync(join(FOLDER, `${name}.png`)));
      const off = differing(golden, await draw(stage, page, VIEWS[name]));
      t.diagnostic(`${name}: ${off} differ, two bands off`);
      assert.ok(off > PLAIN, `${name}: only ${off}`);
    }
  });
});
