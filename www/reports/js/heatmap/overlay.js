// The heat over the live page. It touches nothing of the page but an element of its own, whose shadow root holds all of it.
import { ask } from "../api.js";
import { h } from "../element.js";
import { attention } from "./attention.js";
import { WINDOW, place } from "./anchor.js";
import { KINDS, groups, isBands, read } from "./choice.js";
import { density } from "./density.js";
import { sheetOf } from "./overlay-style.js";
import { mark } from "./mark.js";
import { points } from "./points.js";
import { paint } from "./scale.js";
import { MAX_HEIGHT } from "./stage.js";

const NAME = "data-spoor-overlay";
const DAYS = 28;
const DAY_MS = 24 * 3600 * 1000;
const OPACITY = "0.75";
/** Pages are laid out anew many times in a row while a window is drawn larger. */
const SETTLED_MS = 200;
/** Windows below these widths are a phone's, or a tablet's: docs/collector.md. */
const WIDTHS = { phone: 600, tablet: 1024 };

const deviceOf = (width) =>
  Object.keys(WIDTHS).find((name) => width < WIDTHS[name]) ?? "desktop";

/** Opens the overlay, in place of one that is open; `query` are the parameters of its address. */
export function openOverlay(query) {
  document.querySelector(`[${NAME}]`)?.remove();
  // What is clicked in it is no visitor's click.
  const host = h("div", { [NAME]: "", "data-spoor-ignore": "" });
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheetOf()];
  const [page, fixed] = [canvas("page"), canvas("fixed")];
  const marks = h("div", { class: "marks", "aria-hidden": "true" });
  const said = h("p", { role: "status" });
  const ending = new AbortController();
  const { signal } = ending;
  let [draw, timer] = [() => {}, 0];

  const choose = async (kind) => {
    said.textContent = "Asking the collector …";
    try {
      const { subject, answer } = await look(query, kind, signal);
      said.textContent = subject.isEmpty ? subject.lacks : subject.heading;
      draw = () => lay({ page, fixed, marks }, subject, answer, kind);
      later();
    } catch (error) {
      if (!signal.aborted) said.textContent = told(error);
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => requestAnimationFrame(draw), SETTLED_MS);
  };
  const close = () => {
    ending.abort();
    watching.disconnect();
    clearTimeout(timer);
    draw = () => {};
    host.remove();
  };
  const watching = new ResizeObserver(later);
  const { kind } = read(query);
  root.append(page, fixed, marks, bar(kind, said, choose, close));
  // Beside the body, which may be positioned itself.
  document.documentElement.append(host);
  watching.observe(document.body);
  addEventListener("resize", later, { signal });
  choose(kind);
}

const canvas = (name) => h("canvas", { class: name, "aria-hidden": "true" });

function bar(kind, said, choose, close) {
  const options = Object.entries(KINDS).map(([value, text]) =>
    h("option", { value, selected: value === kind }, text),
  );
  return h(
    "div",
    { class: "bar", role: "region", "aria-label": "Heatmap of this page" },
    h(
      "select",
      {
        "aria-label": "What the heat shows",
        onchange: ({ target }) => choose(target.value),
      },
      options,
    ),
    said,
    h("button", { type: "button", onclick: close }, "Close"),
  );
}

/** Asks for this page as windows as wide as this one saw it. */
async function look(query, kind, signal) {
  const device = deviceOf(innerWidth);
  const days = Number(query.get("days") ?? DAYS);
  const about = {
    site: query.get("site"),
    path: query.get("path") ?? location.pathname,
    from: Date.now() - days * DAY_MS,
    bots: query.get("bots"),
    device,
  };
  const choice = { ...read(query), kind, compare: null };
  const [group] = groups(choice, about, Date.now());
  const report = isBands(kind) ? "attention" : "heatmap";
  const answer = await ask(report, group.asked, signal);
  const parts = [{ ...group, answer }];
  const subject = isBands(kind)
    ? attention(parts, choice)
    : points(parts, choice, device);
  return { subject, answer };
}

function lay({ page, fixed, marks }, subject, answer, kind) {
  // What the heat itself takes up is not the page's.
  for (const layer of [page, marks]) layer.style.height = "0";
  const { clientWidth: width, scrollHeight } = document.documentElement;
  const height = Math.min(MAX_HEIGHT, scrollHeight);
  for (const layer of [page, marks]) {
    layer.style.cssText = `width:${width}px;height:${height}px`;
  }
  page.style.opacity = fixed.style.opacity = OPACITY;
  page.classList.toggle("bands", isBands(kind));
  fixed.hidden = isBands(kind);
  if (isBands(kind)) {
    const { cells, marks: lines } = subject.panels[0].lay({ width, height });
    paint(page, cells, subject.scale);
    marks.replaceChildren(...lines.map(mark));
    return;
  }
  marks.replaceChildren();
  const placed = place(document, answer.elements, { high: innerHeight });
  const dots = placed.flatMap((element) => element.dots);
  const isFixed = ([, , , frame]) => frame === WINDOW;
  const layers = [
    [
      page,
      density(
        dots.filter((dot) => !isFixed(dot)),
        width,
        height,
      ),
    ],
    [fixed, density(dots.filter(isFixed), width, innerHeight)],
  ];
  const most = Math.max(...layers.map(([, dense]) => dense.most));
  for (const [on, dense] of layers)
    paint(on, { ...dense, most }, subject.scale);
}

/** A browser says no more than that a request failed where the collector does not let this page read. */
const told = (error) =>
  error instanceof TypeError
    ? "The collector does not let this page read its reports: start it with --allow-origin and this page's origin."
    : `The collector said: ${error.message}`;
