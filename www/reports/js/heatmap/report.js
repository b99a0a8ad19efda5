// Where a page is clicked, drawn over the page itself.
import { ask } from "../api.js";
import { place as anchor } from "./anchor.js";
import { density, paint, paintScale } from "./density.js";
import { empty, h } from "../element.js";
import { count, many, percent } from "../numbers.js";
import { isOwn, stage } from "./stage.js";
import { tools } from "./tools.js";

/** Room below the lowest click on a blank page. */
const BELOW_PX = 80;

export async function render(place, view, current) {
  const { site, from, to, bots, query } = view;
  const { pages } = await ask("pages", { site, from, to, bots });
  if (!current()) return;
  const head = h("div", { class: "head" }, h("h1", {}, "Where people click"));
  if (pages.length === 0) {
    place.replaceChildren(
      head,
      empty(
        "No pages seen in this period",
        "Choose a longer period above, or open the shop and click.",
      ),
    );
    return;
  }
  const most = pages.reduce((a, b) => (b.clicks > a.clicks ? b : a));
  const path = query.get("path") ?? most.path;
  const asked = { site, path, from, to, bots };
  const device = query.get("device") ?? (await busiest(asked));
  const answer = await ask("heatmap", { ...asked, device });
  if (!current()) return;
  const sheet = h("div");
  const opacity = h("input", {
    type: "range",
    min: "0.1",
    max: "1",
    step: "0.05",
    value: query.get("opacity") ?? "0.8",
    oninput: ({ target }) => {
      drawn?.opacity(target.value);
      view.write({ opacity: target.value }, { quiet: true });
    },
  });
  place.replaceChildren(
    head,
    h(
      "section",
      { class: "card" },
      tools(view, pages, path, device, answer, opacity),
    ),
    sheet,
  );
  const drawn = draw(sheet, { answer, path, device, query, opacity });
  return drawn?.leave;
}

/** The device with the most clicks on the page. */
async function busiest(asked) {
  const { devices } = await ask("heatmap", { ...asked, limit: 1 });
  const names = Object.keys(devices);
  return names.reduce(
    (a, b) => (devices[b].clicks > devices[a].clicks ? b : a),
    "desktop",
  );
}

/** The lowest click, in CSS pixels of the page. */
const lowest = (elements) =>
  elements.reduce(
    (low, { points }) =>
      points.reduce((y, point) => Math.max(y, point[3]), low),
    0,
  );

function draw(sheet, { answer, path, device, query, opacity }) {
  const seen = answer.devices[device];
  if (answer.told === 0) {
    sheet.replaceChildren(
      empty(
        seen.views
          ? "No clicks yet on this page"
          : `Nobody saw this page on a ${device}`,
        h(
          "span",
          {},
          h(
            "a",
            {
              href: isOwn(path) ? path : null,
              target: "_blank",
              rel: "noopener",
            },
            "Open it in the shop",
          ),
          " and click.",
        ),
      ),
    );
    return undefined;
  }
  const canvas = h("canvas", { "aria-hidden": "true" });
  canvas.style.opacity = opacity.value;
  const scale = h("canvas", { "aria-hidden": "true" });
  paintScale(scale);
  const list = h("ol", { class: "elements" });
  const hint = h("p", {});
  const shown = stage({
    path,
    device,
    scripts: query.get("scripts") === "1",
    blank: lowest(answer.elements) + BELOW_PX,
    canvas,
    ready(document, width, height) {
      const elements = anchor(document, answer.elements);
      const dense = density(
        elements.flatMap(({ points }) => points),
        width,
        height,
      );
      paint(canvas, dense);
      hint.textContent = `Hottest: about ${many(Math.max(1, Math.round(dense.most)), "click")} on one spot the size of a fingertip.`;
      list.replaceChildren(
        ...elements.map((element) => line(element, seen, shown)),
      );
      shown.elements = elements;
    },
    say: (element) => tip(element, seen),
  });
  sheet.replaceChildren(
    h(
      "div",
      { class: "sheet" },
      h("section", {}, shown.root),
      h(
        "section",
        { class: "card" },
        h(
          "h2",
          {},
          `${many(seen.clicks, "click")} in ${many(seen.views, "view")}`,
        ),
        h("div", { class: "legend" }, "few", scale, "many", hint),
        answer.told < seen.clicks
          ? h(
              "p",
              { class: "note" },
              `The newest ${count(answer.told)} are drawn.`,
            )
          : null,
        list,
      ),
    ),
  );
  return {
    leave: shown.leave,
    opacity: (value) => (canvas.style.opacity = value),
  };
}

function line(element, seen, shown) {
  const off = element.rect ? "" : " · no longer on the page";
  const show = () => shown.show(element);
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        title: element.selector,
        onmouseenter: show,
        onfocus: show,
        onclick: () => shown.reveal(element),
        onmouseleave: shown.hide,
        onblur: shown.hide,
      },
      h("span", {}, element.label),
      h("b", {}, count(element.clicks)),
      h(
        "small",
        {},
        `${percent(element.clicks / seen.clicks)} of the clicks${off}`,
      ),
    ),
  );
}

function tip(element, seen) {
  const hundred = Math.round((element.clicks / Math.max(1, seen.views)) * 100);
  return [
    h("b", {}, element.label),
    `${many(element.clicks, "click")}, ${percent(element.clicks / seen.clicks)} of those on the page; ${hundred} in a hundred views`,
  ];
}
