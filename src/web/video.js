// Videos: js/media.js follows them, which is loaded where one plays or a player is on the page.
// @ts-check
import { MEDIA } from "./codes.js";
import { IGNORED } from "./shared.js";

/** Events of a video, in the order of their codes. */
const EVENTS = ["play", "timeupdate", "seeking", "ended"];
/** Iframes that may be players. */
const PLAYERS = "iframe[src*=youtube],iframe[src*=vimeo]";

/**
 * Follows the videos that `selector` names; returns what looks for players on the page.
 * @param {Record<string, any>} edge see js/behaviour.js @param {string} selector @param {any} on @param {(() => void)[]} undo
 * @param {(name: string) => Promise<any>} partOf
 */
export function followMedia(edge, selector, on, undo, partOf) {
  const { at, join, report, targetOf, up } = edge;
  /** @type {Promise<any> | undefined} */
  let part;
  /** @param {number | undefined} time @param {number[]} numbers @param {any[]} [texts] */
  const tell = (time, numbers, texts = []) =>
    report(MEDIA, time ?? at(), numbers, join(texts));
  const run = (/** @type {(part: any) => void} */ task) => {
    part ??= partOf("media").then(({ follow }) =>
      follow(
        (/** @type {any} */ el) => el.matches?.(selector) && !up(el, IGNORED),
        on,
        undo,
        tell,
      ),
    );
    // Where the part is not there, only videos are not told.
    part?.then(task).catch(() => {});
  };
  EVENTS.forEach((type, code) =>
    on(type, (/** @type {any} */ event) => {
      const video = targetOf(event);
      const time = at(event.timeStamp);
      run(({ hear }) => hear(video, code, time));
    }),
  );
  return () => {
    if (document.querySelector(PLAYERS)) run(({ greet }) => greet());
  };
}
