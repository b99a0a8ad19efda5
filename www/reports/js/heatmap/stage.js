// The page at a device's width, scaled to the room there is, with the heat over it.
import { h } from "../element.js";
import { area } from "./area.js";
import { mark } from "./mark.js";
import { openSource } from "./source.js";

/** Windows as wide as most of their kind are. */
const SIZES = {
  phone: [390, 844],
  tablet: [820, 1180],
  desktop: [1280, 800],
};
/** A longer page is cut: canvases have an end. */
export const MAX_HEIGHT = 16_000;

/**
 * Returns `{ root, canvas, page, show, hide, reveal, leave, mark }`. `ready(page)` is called when the page is there, and again when its
 * layout has changed: `{ document, width, height, high, fit, isPicture }`; where it cannot be shown, `document` is null and `blank`
 * the height. `at(x, y)` returns the element at a place of the page, which `tell(element, x, y)` then speaks of.
 */
export function stage({ label, blank, ready, at, tell, ...asked }) {
  const [width, least] = SIZES[asked.device];
  const { root, fit, page, ground, canvas, outline, marks } = parts(label);
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
  listen(page, point, hide);
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

function parts(label) {
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
  return { root, fit, page, ground, canvas, outline, marks };
}

/** Has `point` follow a mouse; a finger, which scrolls as it moves, asks by a tap. */
function listen(page, point, hide) {
  const unlessTouch = (work) => (event) => {
    if (event.pointerType !== "touch") work(event);
  };
  page.addEventListener("pointermove", unlessTouch(point));
  page.addEventListener("pointerleave", unlessTouch(hide));
  page.addEventListener("click", point);
}
