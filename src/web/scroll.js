// How far the document and the larger boxes in it are scrolled.
// @ts-check
import { SCROLLED } from "./codes.js";
import { selectorOf } from "./selector.js";
import { IGNORED } from "./shared.js";

/** A box that scrolls is followed where it is this much of the window's height, and holds this much more than it shows. */
const SCROLLER_SHARE = 0.5;
const SCROLLER_MORE = 1.3;
/**
 * Reports how far the document and larger boxes in it are scrolled; returns what reports the document.
 * @param {Record<string, any>} edge see js/behaviour.js @param {any} on
 */
export function followScroll(edge, on) {
  const { after, at, report, up } = edge;
  /** What has scrolled since that was told, and the farthest that it went: it may go back at once. @type {Map<any, number>} */
  const farthest = new Map();
  let movedAt = 0;
  /** @param {any} el @param {string} [sign] in place of the selector @param {number} [far] */
  const tell = (el, sign, far = 0) => {
    const isDocument = el === document;
    const { scrollTop, clientHeight, scrollHeight } = boxOf(el);
    const height = isDocument ? innerHeight : clientHeight;
    const large =
      height > innerHeight * SCROLLER_SHARE &&
      scrollHeight > height * SCROLLER_MORE;
    if (!isDocument && (!large || up(el, IGNORED))) return;
    const share = (/** @type {number} */ px) =>
      Math.round((px / scrollHeight) * 1000);
    for (const top of far > scrollTop ? [far, scrollTop] : [scrollTop])
      report(
        SCROLLED,
        movedAt,
        [share(top), share(top + height)],
        isDocument ? sign : selectorOf(el),
      );
  };
  const tellAll = () => {
    farthest.forEach((far, el) => tell(el, "", far));
    farthest.clear();
  };
  on("scroll", (/** @type {any} */ { target, timeStamp }) => {
    const { scrollTop } = boxOf(target);
    if (!farthest.size) after(tellAll);
    if (scrollTop >= (farthest.get(target) ?? 0))
      farthest.set(target, scrollTop);
    movedAt = at(timeStamp);
  });
  return () =>
    after(() => {
      movedAt = at();
      // Nobody has scrolled yet where a page begins.
      tell(document, ".");
    });
}

/** Returns the element that scrolls where `target` does. @param {any} target */
const boxOf = (target) => target.documentElement ?? target;
