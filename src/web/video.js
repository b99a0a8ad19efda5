// Videos: js/media.js follows them, which is loaded where one plays or a player is on the page.
// @ts-check
import { at, IGNORED, join, sink, targetOf, up } from "./dom.js";
import { MEDIA, report } from "./report.js";

/** Events of a video, in the order of their codes. */
const EVENTS = ["play", "timeupdate", "seeking", "ended"];
/** Iframes that may be players. */
const PLAYERS = "iframe[src*=youtube],iframe[src*=vimeo]";

/** Follows the videos that `selector` names. @param {string} selector @param {any} on @param {(() => void)[]} undo */
export function followMedia(selector, on, undo) {
  /** @type {Promise<any> | undefined} */
  let part;
  /** @param {number | undefined} time @param {number[]} numbers @param {any[]} [texts] */
  const tell = (time, numbers, texts = []) =>
    report(MEDIA, time ?? at(), numbers, join(texts));
  const run = (/** @type {(part: any) => void} */ task) => {
    part ??= sink
      .$part("media")
      .then((/** @type {any} */ { follow }) =>
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
  sink.$greet = () => {
    if (document.querySelector(PLAYERS)) run(({ greet }) => greet());
  };
}
