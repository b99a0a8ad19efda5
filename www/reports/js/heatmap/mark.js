// Words at a height of the page: the seconds at its side, the lines across it.
import { h } from "../element.js";

/** Returns words at the side, or above a line, at the share `at` of the page's height. */
export function mark({ at, text, isSide, isFold }) {
  const kind = isSide ? "side" : isFold ? "line fold" : "line";
  return h(
    "div",
    { class: kind, style: `top:${at * 100}%` },
    h("span", {}, text),
  );
}
