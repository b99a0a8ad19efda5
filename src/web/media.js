// Videos: HTML5 in the document and in shadow roots, YouTube and Vimeo in their iframes.
// @ts-check
import { at, IGNORED, join, sink, targetOf, up } from "./dom.js";
import { MEDIA, report } from "./report.js";

/** Events of a video, in the order of their codes. */
const EVENTS = ["play", "timeupdate", "seeking", "ended"];
/** Players in iframes, which js/players.js speaks with. */
const PLAYERS =
  /^https:\/\/((www\.)?youtube(-nocookie)?\.com|player\.vimeo\.com)(?=\/|$)/;
/** Of a video that a viewer sees, this much is in view. */
const VISIBLE = 0.5;

/** Follows the videos that `selector` names; returns the undo. @param {string} selector @param {any} on */
export function followMedia(selector, on) {
  /** Number of each video, and whether it is in view. @type {WeakMap<any, any>} */
  const known = new WeakMap();
  let next = 0;
  const views = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries)
        known.get(target).$visible = intersectionRatio >= VISIBLE;
    },
    { threshold: VISIBLE },
  );

  const state = (/** @type {any} */ el) => {
    if (!known.has(el)) {
      known.set(el, {});
      views.observe(el);
    }
    return known.get(el);
  };
  /** @param {any} el @param {number} code @param {number} provider 0 HTML5, 1 YouTube, 2 Vimeo
   * @param {any} facts @param {string} title @param {string} url */
  const tell = (el, code, provider, facts, title, url) => {
    const its = state(el);
    const { currentTime, duration, muted } = facts;
    const isNew = its.$number === undefined;
    if (isNew) its.$number = next++;
    report(
      MEDIA,
      at(),
      [
        code,
        its.$number,
        Math.round(currentTime * 1000),
        Math.round(duration * 1000),
        (muted ? 1 : 0) | (its.$visible ? 2 : 0) | (provider << 2),
      ],
      isNew ? join([title, url]) : "",
    );
  };

  EVENTS.forEach((type, code) =>
    on(type, (/** @type {any} */ event) => {
      const video = targetOf(event);
      if (!video.matches?.(selector) || up(video, IGNORED)) return;
      // A player that is set to another place tells the time, too.
      if (code === 1 && video.paused) return;
      const title = video.title || video.getAttribute("aria-label");
      tell(video, code, 0, video, title, video.currentSrc);
    }),
  );

  const frames = () =>
    [...document.getElementsByTagName("iframe")].filter(
      (frame) =>
        PLAYERS.test(frame.src) &&
        frame.matches(selector) &&
        !up(frame, IGNORED),
    );
  /** @type {Promise<any> | undefined} */
  let players;
  /** Has the players of the page tell what they do. */
  sink.$greet = () => {
    const found = frames();
    found.forEach(state);
    if (!found[0]) return;
    players ??= sink.$part("players").then((/** @type {any} */ { follow }) => {
      const { greet, hear } = follow(frames, tell);
      on("message", hear);
      return greet;
    });
    players?.then(
      (greet) => greet(),
      // The part is not there: only these videos are not told.
      () => {},
    );
  };
  return () => views.disconnect();
}
