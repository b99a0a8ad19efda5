// The page at a device's width, scaled to the room there is, with the heat over it.
import { h } from "../element.js";
import { openSource } from "./source.js";

/** Windows as wide as most of their kind are. */
const SIZES = {
  phone: [390, 844],
  tablet: [820, 1180],
  desktop: [1280, 800],
};
/** A longer page is cut: canvases have an end. */
export const MAX_HEIGHT = 16_000;
/** Side of the square that marks a point. */
const MARK_PX = 32;

/**
 * Returns `{ root, canvas, page, show, hide, reveal, leave, mark }`. `ready(page)` is called when the page is there, and again when its
 * layout has changed: `{ document, width, height, high, fit, isPicture }`; where it cannot be shown, `document` is null and `blank`
 * the height. `at(x, y)` returns the element at a place of the page, which `tell(element, x, y)` then speaks of.
 */
export function stage({ label, blank, ready, at, tell, ...asked }) {
  const [width, least] = SIZES[asked.device];
  const ground = h("div", { class: "ground" });
  const canvas = h("canvas", { "aria-hidden": "true" });
  const outline = h("div", { class: "outline", hidden: true });
  const veil = h("div", { class: "veil" });
  const page = h("div", { class: "page" }, ground, veil, canvas, outline);
  // Not scaled with the page: what it says must be read.
  const marks = h("div", { class: "marks", "aria-hidden": "true" });
  const fit = h("div", { class: "fit" }, page, marks);
  const root = h(
    "div",
    { class: "stage", tabindex: "0", role: "group", "aria-label": label },
    fit,
  );
  const note = h("p", { class: "note" });
  let [height, scale, isLeft] = [least, 1, false];

  const lay = () => {
    scale = Math.min(1, root.clientWidth / width);
    page.style.cssText = `width:${width}px;height:${height}px;transform:scale(${scale})`;
    fit.style.cssText = `width:${width * scale}px;height:${height * scale}px`;
  };
  const show = (element) => {
    const box = area(element);
    outline.hidden = !box;
    if (!box) return;
    outline.style.cssText = `left:${box.left}px;top:${box.top}px;width:${box.width}px;height:${box.height}px`;
  };
  const hide = () => {
    outline.hidden = true;
    tell(null);
  };
  const point = ({ clientX, clientY }) => {
    const box = page.getBoundingClientRect();
    const element = at(
      (clientX - box.left) / scale,
      (clientY - box.top) / scale,
    );
    if (!element) return hide();
    show(element);
    tell(element, clientX, clientY);
  };
  page.addEventListener("pointermove", (event) => {
    // A finger that moves scrolls; it asks by a tap.
    if (event.pointerType !== "touch") point(event);
  });
  page.addEventListener("click", point);
  page.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch") hide();
  });
  root.addEventListener("scroll", hide, { passive: true });
  const watching = new ResizeObserver(lay);
  watching.observe(root);

  const measured = ({ whole, note: why, ...there }) => {
    height = Math.min(MAX_HEIGHT, Math.max(least, Math.ceil(whole ?? blank)));
    const frame = ground.querySelector("iframe");
    if (frame) frame.height = String(height);
    note.textContent = why ?? "";
    lay();
    shown.page = { width, height, high: least, ...there };
    ready(shown.page);
  };
  const shown = {
    root: h("div", {}, root, note),
    canvas,
    page: null,
    show,
    hide,
    reveal(element) {
      show(element);
      outline.scrollIntoView({ block: "center" });
    },
    mark: (told) => marks.replaceChildren(...told.map(mark)),
    leave() {
      isLeft = true;
      watching.disconnect();
    },
  };
  openSource(
    ground,
    { ...asked, width, least, isLeft: () => isLeft },
    measured,
  );
  return shown;
}

/** Elements are asked for their place at every move of the pointer. */
const areas = new WeakMap();

/** Returns where an element stands; of one that is not to be seen, what its points span; null where it has neither. */
export function area(element) {
  if (!areas.has(element)) areas.set(element, element.rect ?? span(element));
  return areas.get(element);
}

function span({ dots }) {
  if (dots.length === 0) return null;
  const half = MARK_PX / 2;
  const ends = (axis) => {
    const places = dots.map((dot) => dot[axis]);
    // Not by spreading them: a call takes no hundred thousand arguments.
    const least = places.reduce((a, b) => Math.min(a, b)) - half;
    const most = places.reduce((a, b) => Math.max(a, b)) + half;
    return [least, most];
  };
  const [left, right] = ends(0);
  const [top, bottom] = ends(1);
  const [width, height] = [right - left, bottom - top];
  return { left, top, right, bottom, width, height };
}

/** Returns the smallest element at a place: of nested ones it is meant. */
export function elementAt(elements, x, y) {
  const size = ({ width, height }) => width * height;
  return elements
    .map((element) => ({ element, box: area(element) }))
    .filter(
      ({ box }) =>
        box &&
        x >= box.left &&
        x <= box.right &&
        y >= box.top &&
        y <= box.bottom,
    )
    .reduce((a, b) => (a && size(a.box) <= size(b.box) ? a : b), null)?.element;
}

/** Returns words, and a line, at a height of the page. */
export function mark({ at, text, isSide, isFold }) {
  const kind = isSide ? "side" : isFold ? "line fold" : "line";
  return h(
    "div",
    { class: kind, style: `top:${at * 100}%` },
    h("span", {}, text),
  );
}
