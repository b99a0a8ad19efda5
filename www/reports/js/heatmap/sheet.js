// Draws a subject: its pictures side by side, the legend, and the list of elements, which says the same in words.
import { h } from "../element.js";
import { area, elementAt } from "./area.js";
import { paint, paintScale } from "./scale.js";
import { stage } from "./stage.js";
import { openTip } from "./tip.js";

/** Elements in the list: further ones are a click each, and in the file. */
const LISTED = 200;

/**
 * Fills `place`; returns `{ panels, table, opacity, leave }`: what is drawn, its rows for a file, and what sets the opacity. `shown` are
 * path, device, scripts and picture of the page beneath.
 */
export function drawSheet(place, subject, { opacity, ...shown }) {
  const tip = openTip();
  const list = h("ol", { class: "elements" });
  const hint = h("p");
  let asked = 0;
  const later = () => {
    cancelAnimationFrame(asked);
    // A picture is there at once, before all of this is.
    asked = requestAnimationFrame(() => draw());
  };
  const panels = subject.panels.map((panel, index) => {
    const drawn = openPanel(panel, subject, shown, later, (element, x, y) => {
      if (element) tip.show(subject.tip(element, index), x, y);
      else tip.hide();
    });
    drawn.stage.canvas.style.opacity = opacity;
    return drawn;
  });
  const renew = listing(list, panels);
  const draw = () => {
    hint.textContent = subject.hint(paintAll(panels, subject));
    const laid = panels.map((panel) => panel.laid);
    if (laid.every(Boolean)) renew(subject.rows(laid).slice(0, LISTED));
  };
  place.replaceChildren(
    h(
      "div",
      { class: panels.length > 1 ? "sheet two" : "sheet" },
      panels.map(pictured),
      h(
        "section",
        { class: "card" },
        h("h2", {}, subject.heading),
        legend(subject, hint),
        subject.note ? h("p", { class: "note" }, subject.note) : null,
        list,
      ),
    ),
  );
  return {
    panels,
    table: () => subject.table(panels.map(({ laid }) => laid)),
    opacity(value) {
      for (const panel of panels) panel.stage.canvas.style.opacity = value;
    },
    leave() {
      cancelAnimationFrame(asked);
      tip.remove();
      for (const panel of panels) panel.stage.leave();
    },
  };
}

/** Returns `{ title, about, stage, lay, laid }`: `laid` is the last that `lay` made of the page, and `lay` is null once it has. */
function openPanel({ title, about, lay }, subject, shown, later, tell) {
  const drawn = { title, about, lay: null, laid: null, stage: null };
  drawn.stage = stage({
    ...shown,
    // Each stage has an image of its own.
    picture: shown.picture?.(),
    blank: subject.blank,
    label: title || `The page ${shown.path} with its heat`,
    at: (x, y) => drawn.laid && elementAt(drawn.laid.elements, x, y),
    tell,
    ready(page) {
      drawn.lay = () => lay(page);
      later();
    },
  });
  drawn.stage.canvas.classList.toggle("bands", Boolean(subject.isBands));
  return drawn;
}

/** Paints what has been laid out; returns the most on the one scale of all, so that the same colour is the same number. */
function paintAll(panels, subject) {
  for (const panel of panels) {
    panel.laid = panel.lay?.() ?? panel.laid;
    panel.lay = null;
  }
  const there = panels.filter(({ laid }) => laid);
  const most = Math.max(...there.map(({ laid }) => laid.cells.most));
  for (const { laid, stage: on } of there) {
    paint(on.canvas, { ...laid.cells, most }, subject.scale);
    on.mark(laid.marks ?? []);
  }
  return most;
}

const pictured = ({ title, about, stage: on }) =>
  h(
    "section",
    {},
    title ? h("h2", {}, title, h("small", {}, about)) : null,
    on.root,
  );

function legend({ scale, ends: [low, high] }, hint) {
  const canvas = h("canvas", { "aria-hidden": "true" });
  paintScale(canvas, scale);
  const name = scale.isDifference ? "legend apart" : "legend";
  const end = (text) => h("span", {}, text);
  return h("div", { class: name }, end(low), canvas, end(high), hint);
}

/** Returns what fills the list anew. Who is in it by keyboard stays there when the page has only moved. */
function listing(list, panels) {
  let rows = [];
  let listed = "";
  return (next) => {
    rows = next;
    const words = JSON.stringify(
      rows.map(({ label, figure, text }) => [label, figure, text]),
    );
    if (words === listed) return;
    listed = words;
    list.replaceChildren(
      ...rows.map((row, index) => line(row, () => rows[index].shown, panels)),
    );
  };
}

/** One element in words; `shown` returns what it is in each panel. */
function line({ label, title, figure, text }, shown, panels) {
  const each = (verb) => () =>
    panels.forEach(({ stage: on }, index) => {
      const element = shown()[index];
      if (element && area(element)) on[verb](element);
    });
  const hide = () => panels.forEach(({ stage: on }) => on.hide());
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        title,
        onmouseenter: each("show"),
        onfocus: each("show"),
        onclick: each("reveal"),
        onmouseleave: hide,
        onblur: hide,
      },
      h("span", {}, label),
      h("b", {}, figure),
      h("small", {}, text),
    ),
  );
}
