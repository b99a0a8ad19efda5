// What visitors do besides what a shop's rules name: presses, forms, scrolling, sharing, videos, and where they struggle. A part of its
// own, loaded where the config tracks any of that.
// @ts-check
import { followBarriers } from "../src/web/barriers.js";
import { followForms } from "../src/web/form.js";
import { followPresses } from "../src/web/press.js";
import { followScroll } from "../src/web/scroll.js";
import { shares } from "../src/web/share.js";

export { followMedia } from "../src/web/video.js";

/**
 * Follows what the config wants; returns `press` and `count`, see src/web/press.js, and `scrolled`, which tells how far the
 * document is scrolled.
 * @param {Record<string, any>} edge what src/web/listen.js lends
 * @param {(type: string, listener: (event: any) => void) => void} on hooks the window until spoor is stopped
 * @param {(() => void)[]} undo
 * @param {any[]} wanted whether forms, dead clicks, errors, a thrashed cursor, shares and attention are
 * @param {any} scroll whether scrolling tells milestones
 * @param {any[] | undefined} heat `follow` of js/heat.js, and what it is to follow, where the config wants more of a heatmap than clicks
 */
export function follow(edge, on, undo, wanted, scroll, heat) {
  const [forms, dead, errors, thrash, share, attention] = wanted;
  if (forms) followForms(edge, on);
  if (share) undo.push(shares(edge));
  const scrolled = scroll || attention ? followScroll(edge, on) : () => {};
  const { isSpared, watch, unwatch } = followBarriers(
    edge,
    on,
    dead,
    errors,
    thrash,
  );
  undo.push(unwatch);
  return {
    scrolled,
    ...followPresses(edge, on, heat, isSpared, dead ? watch : undefined),
  };
}
