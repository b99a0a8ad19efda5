// Points of heatmaps, by real input in every engine: within a pixel of the truth on the same layout, in the same element on others.
import assert from "node:assert/strict";
import { unpack } from "../../js/heatmap.js";
import { spec } from "./spec.mjs";
import { eventually } from "./stage.mjs";

const PATH = "/heat";
/** A moved point is rounded to steps of 4 pixels, a click to whole ones. */
const [CLICK_PX, MOVE_PX] = [1, 3];
const CARDS = ["lamp-1", "lamp-2", "lamp-3"];
/** What is clicked: `data-is` of each. */
const TARGETS =
  "plain fixed sticky lamp-2 boxed turned rtl zoomed shadowed".split(" ");
/** The page's other layouts, by the class that makes them. */
const LAYOUTS = ["phone", "tablet", "zoom", "header", "order"];

const card = (sku) =>
  `<article data-sku="${sku}"><h3>${sku}</h3><button class="add" data-is="${sku}">Add</button></article>`;
const BODY = `<style>
  body { margin: 0; width: 1200px } button { width: 120px; height: 44px } main { display: block; height: 2600px; padding-top: 110px }
  .bar { position: fixed; top: 0; right: 20px } .strip { position: sticky; top: 50px; height: 50px }
  .box { height: 120px; width: 300px; overflow: auto } .box li { height: 90px }
  .turned { transform: rotate(20deg) scale(1.2); margin: 60px } .zoomed { zoom: 1.5 }
  .phone body { width: 390px } .tablet body { width: 820px; padding-left: 30px } .zoom body { zoom: 1.25 }
  .header .strip { height: 140px } .header main { padding-top: 207px }
  .order .cards { display: flex; flex-direction: row-reverse; flex-wrap: wrap }
</style>
<script>
  document.documentElement.className = location.search.slice(1);
  window.truth = [];
  addEventListener("click", (event) => {
    const { clientX: x, clientY: y } = event;
    const [target] = event.composedPath();
    const { left, top } = target.getBoundingClientRect();
    truth.push([target.dataset.is, x - left, y - top]);
  }, true);
</script>
<main><div class="bar"><button data-is="fixed" class="cart">Cart</button></div>
  <div class="strip"><button data-is="sticky" class="menu">Menu</button></div>
  <p><button data-is="plain" id="plain">Plain</button></p>
  <div class="cards">${CARDS.map(card).join("")}</div>
  <ul class="box"><li>A</li><li>B</li><li><button data-is="boxed" class="row">Row</button></li><li>D</li></ul>
  <div class="turned"><button data-is="turned" class="tilted">Turned</button></div>
  <section dir="rtl"><button data-is="rtl" class="right">Right</button></section>
  <aside class="zoomed"><button data-is="zoomed" class="large">Large</button></aside>
  <x-card data-is="shadowed"></x-card>
</main>
<script>
  const root = document.querySelector("x-card").attachShadow({ mode: "open" });
  root.innerHTML = '<button data-is="shadowed" class="inner">Inner</button>';
  // Another build of the shop lists its cards the other way round.
  if (location.search === "?order") document.querySelector(".cards").append(...[...document.querySelectorAll("article")].reverse());
</script>`;

/** The chunks that were sent, read. */
const chunks = (stage) =>
  stage.front.bodies
    .flatMap((body) => JSON.parse(body).pages)
    .flatMap(({ heat = [] }) => heat)
    .map(({ data }) => unpack(data));

/** The points of one kind, each with its selector, its anchor and its place in that. */
const pointsOf = (stage, wanted) =>
  chunks(stage).flatMap(({ selectors, anchors, points }) =>
    points
      .filter(({ kind }) => kind === wanted)
      .map((point) => {
        const { selector, frame, rect } = anchors[point.anchor];
        const [x, y] = point.at;
        const offset = [x - rect[0], y - rect[1]];
        return { ...point, selector: selectors[selector], frame, rect, offset };
      }),
  );

/** Finds elements in the page as a report does; returns what each is, and its size. */
const looked = (page, selectors) =>
  page.evaluate(
    (selectors) =>
      selectors.map((selector) => {
        let root = document;
        let el;
        for (const part of selector.split(" >>> ")) {
          el = root?.querySelector(part);
          root = el?.shadowRoot;
        }
        const { width = 0, height = 0 } = el?.getBoundingClientRect() ?? {};
        return [el?.dataset.is, width, height];
      }),
    selectors,
  );

spec(
  "clicks lie where they were, and on their elements on other layouts",
  async ({ stage, open, page }) => {
    stage.put(PATH, { heatmap: { clicks: true } }, BODY);
    await open(PATH, page);
    // An older WebKit measures what is zoomed as if it were not: a report sees the same, but a test cannot aim at it.
    const zooms = await page.evaluate(
      () =>
        document.querySelector(".large").getBoundingClientRect().width > 150,
    );
    const targets = TARGETS.filter((is) => zooms || is !== "zoomed");
    for (const target of targets)
      await page.click(
        target === "shadowed"
          ? "x-card >>> button"
          : `button[data-is=${target}]`,
      );
    const truth = await page.evaluate(() => window.truth);
    await page.goto(`${PATH}?none`);
    await eventually("points", () => pointsOf(stage, "click").length > 0);
    const points = pointsOf(stage, "click");
    assert.deepEqual(
      truth.map(([is]) => is),
      targets,
    );
    assert.equal(points.length, targets.length);
    for (const [n, [is, x, y]] of truth.entries()) {
      const [dx, dy] = [points[n].offset[0] - x, points[n].offset[1] - y];
      const far = Math.max(Math.abs(dx), Math.abs(dy));
      assert.ok(far <= CLICK_PX, `${is}: ${dx}, ${dy} off`);
    }
    const selectors = points.map(({ selector }) => selector);
    const frames = Object.fromEntries(
      targets.map((is, n) => [is, points[n].frame]),
    );
    assert.equal(frames.fixed, "window");
    assert.equal(frames.plain, "page");
    assert.ok(frames.boxed.scrolled[1] > 0, "the box was scrolled to it");
    for (const layout of LAYOUTS) {
      stage.put(`${PATH}?${layout}`, {}, BODY);
      await page.goto(`${PATH}?${layout}`);
      const found = await looked(page, selectors);
      for (const [n, [is, width, height]] of found.entries()) {
        const where = `${layout}: ${selectors[n]}`;
        assert.equal(is, targets[n], where);
        const [, , wide, high] = points[n].rect;
        const [x, y] = points[n].offset;
        // As a report draws it: at the same share of the element.
        assert.ok((x / wide) * width <= width, where);
        assert.ok((y / high) * height <= height, where);
      }
    }
  },
);

spec(
  "the way of the pointer, and where it stays, lie where they were",
  async ({ stage, open, page }) => {
    const track = { add_to_cart: ".add" };
    stage.put(PATH, { heatmap: true, track }, BODY);
    await open(PATH, page);
    await page.evaluate(() => {
      window.way = [];
      addEventListener("pointermove", (event) =>
        window.way.push([event.pageX, event.pageY]),
      );
    });
    await page.hover("[data-sku=lamp-1] .add");
    await new Promise((done) => setTimeout(done, 600));
    await page.hover("[data-sku=lamp-3] h3");
    await page.hover("#plain");
    await new Promise((done) => setTimeout(done, 200));
    await page.hover("[data-sku=lamp-2] .add");
    const way = await page.evaluate(() => window.way);
    await page.goto("about:blank");
    await eventually("moves", () => pointsOf(stage, "move").length > 1);
    const moves = pointsOf(stage, "move");
    for (const { at, frame } of moves) {
      assert.equal(frame, "page");
      const near = ([x, y]) =>
        Math.abs(x - at[0]) <= MOVE_PX && Math.abs(y - at[1]) <= MOVE_PX;
      assert.ok(way.some(near), `${at} of ${JSON.stringify(way)}`);
    }
    const selectors = new Set(moves.map(({ selector }) => selector));
    assert.ok([...selectors].some((one) => one.includes("lamp-1")));
    const [stay] = pointsOf(stage, "hover");
    assert.match(stay.selector, /lamp-1.* > button/);
    assert.ok(stay.stayed >= 500, `${stay.stayed} ms`);
  },
);

spec(
  "in an ignored part the pointer leaves no points",
  async ({ stage, open, page }) => {
    stage.put(
      PATH,
      { heatmap: true, track: { add_to_cart: "button" } },
      `<main data-spoor-ignore><button id="private">Private</button></main><footer><button id="open">Open</button></footer>`,
    );
    await open(PATH, page);
    for (const id of ["#private", "#open", "#private", "#open"]) {
      await page.hover(id);
      await new Promise((done) => setTimeout(done, 400));
    }
    await page.click("#private");
    await page.click("#open");
    await page.goto("about:blank");
    await eventually("points", () => chunks(stage).length > 1);
    const selectors = chunks(stage).flatMap(({ selectors }) => selectors);
    assert.ok(selectors.some((selector) => /footer|open/.test(selector)));
    assert.ok(!selectors.some((selector) => /private|main/.test(selector)));
  },
);

spec("a key that activates is a point of its own kind", async (it) => {
  const { stage, open, page } = it;
  stage.put(PATH, { heatmap: {} }, BODY);
  await open(PATH, page);
  await page.evaluate(() => document.querySelector("#plain").focus());
  await page.press("Enter");
  await page.goto("about:blank");
  await eventually("point", () => pointsOf(stage, "click").length > 0);
  const [point] = pointsOf(stage, "click");
  assert.equal(point.pointer, "key");
  assert.deepEqual(point.offset, [60, 22]);
});

spec("in a grid, counts of cells are all that leaves the page", async (it) => {
  const { stage, open, page } = it;
  const heatmap = { grid: 10, moves: true, hovers: true };
  const track = { add_to_cart: ".add", rage_click: true };
  stage.put(PATH, { heatmap, track }, BODY);
  await open(PATH, page);
  const clicked = ["[data-sku=lamp-3] .add", "#plain", "#plain"];
  for (const selector of clicked) await page.click(selector);
  await page.hover("[data-sku=lamp-1] h3");
  const wide = await page.evaluate(() => {
    return document.documentElement.scrollWidth / 10;
  });
  const truth = await page.evaluate(
    (selectors) =>
      selectors.map((selector) => {
        const el = document.querySelector(selector);
        const { left, top, width, height } = el.getBoundingClientRect();
        return [left + scrollX + width / 2, top + scrollY + height / 2];
      }),
    clicked,
  );
  await page.goto(`${PATH}?none`);
  await eventually("counts", () => pointsOf(stage, "click").length >= 3);
  const cell = (place) => place.map((px) => Math.floor(px / wide)).join();
  const clicks = pointsOf(stage, "click");
  const counted = clicks.map(({ at }) => cell(at));
  assert.deepEqual(counted.sort(), truth.map(cell).sort());
  const moves = pointsOf(stage, "move");
  assert.ok(moves.length > 0);
  assert.deepEqual(pointsOf(stage, "hover"), []);
  for (const { at, rect, selector, frame } of [...clicks, ...moves]) {
    assert.deepEqual(
      [selector, frame, ...rect.slice(0, 2)],
      ["", "page", 0, 0],
    );
    for (const px of at) {
      const off = px - (Math.floor(px / wide) + 0.5) * wide;
      assert.ok(Math.abs(off) <= MOVE_PX, `${px} is no middle of a cell`);
    }
  }
  // Neither when nor in what order, but by cells.
  for (const { points } of chunks(stage)) {
    const times = new Set(points.map(({ t }) => t));
    assert.ok(times.size <= 2, "each count is told at once");
  }
  const [added] = await stage.arrived("add_to_cart");
  assert.ok(added, "what is recognised of a click is told as ever");
});
