// The words beside the pointer.
import { h } from "../element.js";

const GAP_PX = 14;
const EDGE_PX = 8;

/** Returns `{ show, hide, remove }` of a tip that stands over all of the document. */
export function openTip() {
  const tip = h("div", { class: "tip", role: "tooltip", hidden: true });
  document.body.append(tip);
  return {
    /** Shows lines, the first as their title, near a place in the window. */
    show([title, ...lines], x, y) {
      tip.replaceChildren(
        h("b", {}, title),
        ...lines.map((line) => h("span", {}, line)),
      );
      tip.hidden = false;
      const right = innerWidth - tip.offsetWidth - EDGE_PX;
      const bottom = innerHeight - tip.offsetHeight - EDGE_PX;
      tip.style.left = `${Math.max(EDGE_PX, Math.min(x + GAP_PX, right))}px`;
      // Above a finger where it would lie beneath.
      const top =
        y + GAP_PX > bottom ? y - tip.offsetHeight - GAP_PX : y + GAP_PX;
      tip.style.top = `${Math.max(EDGE_PX, top)}px`;
    },
    hide: () => (tip.hidden = true),
    remove: () => tip.remove(),
  };
}
