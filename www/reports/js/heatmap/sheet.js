// Draws a subject: its pictures side by side, the legend, and the list of elements, which says the same in words.
import { h } from "../element.js";
import { paint, paintScale } from "./scale.js";
import { area, elementAt, stage } from "./stage.js";
import { openTip } from "./tip.js";

/** Elements in the list: further ones are a click each, and in the file. */
const LISTED = 200;

/** Fills `place`; returns `{ leave, opacity, panels, rows }`, the latter two for what is taken along. */
export function drawSheet(
  place,
  subject,
  { path, device, scripts, picture, opacity },
) {
  const tip = openTip();
  const list = h("ol", { class: "elements" });
  const hint = h("p");
  const scale = h("canvas", { "aria-hidden": "true" });
  paintScale(scale, subject.scale);
  let asked = 0;
  let rows = [];
  let listed = "";
  let isLeft = false;
  const later = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => !isLeft && draw());
  };
  const panels = subject.panels.map((panel, index) => {
    const { title, about } = panel;
    const drawn = { title, about, laid: null, stage: null };
    const find = (x, y) => drawn.laid && elementAt(drawn.laid.elements, x, y);
    drawn.stage = stage({
      path,
      device,
      scripts,
      picture: picture?.(),
      blank: subject.blank,
      label: panel.title || `The page ${path} with its heat`,
      at: find,
      tell(element, x, y) {
        if (element) tip.show(subject.tip(element, index), x, y);
        else tip.hide();
      },
      ready(page) {
        drawn.lay = () => panel.lay(page);
        later();
      },
    });
    drawn.stage.canvas.style.opacity = opacity;
    drawn.stage.canvas.classList.toggle("bands", Boolean(subject.isBands));
    return drawn;
  });
  const draw = () => {
    for (const panel of panels) {
      panel.laid = panel.lay?.() ?? panel.laid;
      panel.lay = null;
    }
    const there = panels.filter(({ laid }) => laid);
    // One scale for all, so that the same colour is the same number.
    const most = Math.max(...there.map(({ laid }) => laid.cells.most));
    for (const { laid, stage: shown } of there) {
      paint(shown.canvas, { ...laid.cells, most }, subject.scale);
      shown.mark(laid.marks ?? []);
    }
    hint.textContent = subject.hint(most);
    if (there.length < panels.length) return;
    rows = subject.rows(panels.map(({ laid }) => laid)).slice(0, LISTED);
    // Who is in the list by keyboard stays there when the page has only moved.
    const words = JSON.stringify(
      rows.map(({ label, figure, text }) => [label, figure, text]),
    );
    if (words === listed) return;
    listed = words;
    list.replaceChildren(
      ...rows.map((row, index) => line(row, () => rows[index].shown, panels)),
    );
  };
  place.replaceChildren(
    h(
      "div",
      { class: panels.length > 1 ? "sheet two" : "sheet" },
      ...panels.map(({ title, about, stage: shown }) =>
        h(
          "section",
          {},
          title ? h("h2", {}, title, h("small", {}, about)) : null,
          shown.root,
        ),
      ),
      h(
        "section",
        { class: "card" },
        h("h2", {}, subject.heading),
        h(
          "div",
          { class: subject.scale.isDifference ? "legend apart" : "legend" },
          h("span", {}, subject.ends[0]),
          scale,
          h("span", {}, subject.ends[1]),
          hint,
        ),
        subject.note ? h("p", { class: "note" }, subject.note) : null,
        list,
      ),
    ),
  );
  return {
    panels,
    table: () => subject.table(panels.map(({ laid }) => laid)),
    opacity(value) {
      for (const { stage: shown } of panels) shown.canvas.style.opacity = value;
    },
    leave() {
      isLeft = true;
      tip.remove();
      for (const { stage: shown } of panels) shown.leave();
    },
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
