// The page in a frame of a device's width, scaled to the room there is, with a canvas over it.
import { h } from "../element.js";

/** Windows as wide as most of their kind are. */
const SIZES = {
  phone: [390, 844],
  tablet: [820, 1180],
  desktop: [1280, 800],
};
/** A longer page is cut: canvases have an end. */
const MAX_HEIGHT = 16_000;
/** Side of the square that marks a click. */
const MARK_PX = 32;
/** Pages go on to lay themselves out after they have loaded: fonts, pictures. */
const LATER_MS = [300, 1500];

/**
 * Returns `{ root, elements, show, hide, reveal, leave }`. `ready(document, width, height)` is called when the page is
 * there, and again when its layout has changed; where it cannot be shown, `document` is null and `blank` the height. `say` gives a tip's content.
 */
export function stage({ path, device, scripts, blank, canvas, ready, say }) {
  const [width, least] = SIZES[device];
  const frame = h("iframe", {
    title: `The page ${path}`,
    // Without scripts the look at a page is no visit to it.
    sandbox: `allow-same-origin${scripts ? " allow-scripts" : ""}`,
    tabindex: "-1",
    width,
    height: least,
  });
  const outline = h("div", { class: "outline", hidden: true });
  const page = h(
    "div",
    { class: "page" },
    frame,
    h("div", { class: "veil" }),
    canvas,
    outline,
  );
  const fit = h("div", { class: "fit" }, page);
  const root = h(
    "div",
    {
      class: "stage",
      tabindex: "0",
      role: "group",
      "aria-label": "The page with its clicks",
    },
    fit,
  );
  const note = h("p", { class: "note" });
  const tip = h("div", { class: "tip", role: "tooltip", hidden: true });
  document.body.append(tip);

  let height = least;
  let scale = 1;
  let left = false;

  const lay = () => {
    scale = Math.min(1, root.clientWidth / width);
    page.style.cssText = `width:${width}px;height:${height}px;transform:scale(${scale})`;
    fit.style.cssText = `width:${width * scale}px;height:${height * scale}px`;
  };
  const measure = (inside) => {
    if (left) return;
    const whole = inside?.documentElement.scrollHeight ?? blank;
    height = Math.min(MAX_HEIGHT, Math.max(least, whole));
    frame.height = height;
    lay();
    ready(inside, width, height);
  };
  const shown = {
    root: h("div", {}, root, note),
    elements: [],
    show,
    hide,
    reveal,
    leave,
  };

  function show(element, x, y) {
    const { left: from, top, width: wide, height: high } = area(element);
    outline.hidden = false;
    outline.style.cssText = `left:${from}px;top:${top}px;width:${wide}px;height:${high}px`;
    if (x === undefined) return;
    tip.replaceChildren(...say(element));
    tip.hidden = false;
    const room = innerWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(x + 14, room))}px`;
    tip.style.top = `${Math.min(y + 18, innerHeight - tip.offsetHeight - 8)}px`;
  }
  function hide() {
    outline.hidden = true;
    tip.hidden = true;
  }
  function reveal(element) {
    show(element);
    outline.scrollIntoView({ block: "center" });
  }
  function leave() {
    left = true;
    watching.disconnect();
    tip.remove();
  }

  page.addEventListener("pointermove", ({ clientX, clientY }) => {
    const box = page.getBoundingClientRect();
    const x = (clientX - box.left) / scale;
    const y = (clientY - box.top) / scale;
    const over = shown.elements.filter(
      ({ rect }) =>
        rect &&
        x >= rect.left &&
        x <= rect.right &&
        y >= rect.top &&
        y <= rect.bottom,
    );
    // Of nested elements the smallest is meant.
    over.sort(
      (a, b) => a.rect.width * a.rect.height - b.rect.width * b.rect.height,
    );
    if (over.length) show(over[0], clientX, clientY);
    else hide();
  });
  page.addEventListener("pointerleave", hide);
  const watching = new ResizeObserver(lay);
  watching.observe(root);

  open(path).then((there) => {
    if (left) return;
    if (!there) {
      note.textContent = `There is no page ${path} on this address, so the clicks are drawn on a blank one. Serve the shop and the reports from one address to see them on the page.`;
      measure(null);
      return;
    }
    frame.addEventListener("load", () => {
      const inside = frame.contentDocument;
      measure(inside);
      for (const ms of LATER_MS) setTimeout(measure, ms, inside);
    });
    frame.src = path;
  });
  return shown;
}

/** Where an element stands; of one that is gone, the place of its first click. */
function area({ rect, points }) {
  const [x, y] = points[0];
  const half = MARK_PX / 2;
  return (
    rect ?? { left: x - half, top: y - half, width: MARK_PX, height: MARK_PX }
  );
}

/** Tells whether `path`, which anybody may have sent, leads to this address: `//x`, `/\x` and `javascript:x` do not. */
export function isOwn(path) {
  return URL.parse(path, location.origin)?.origin === location.origin;
}

/** Tells whether this address has a page at `path`. */
async function open(path) {
  if (!isOwn(path)) return false;
  const answer = await fetch(path, { method: "HEAD" }).catch(() => null);
  return Boolean(answer?.ok);
}
