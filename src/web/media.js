// Videos: HTML5 in the document and in shadow roots, YouTube and Vimeo in their iframes.
// @ts-check
import { at, IGNORED, join, sink, up } from "./dom.js";

/** Events of a video, in the order of their codes; and Vimeo's names of them. */
const EVENTS = ["play", "timeupdate", "seeking", "ended"];
const VIMEO_EVENTS = ["play", "timeupdate", "seeked", "ended"];
/** Players in iframes speak by messages: https://developers.google.com/youtube/iframe_api_reference, which wants
 * `enablejsapi=1` in the address, and https://developer.vimeo.com/player/sdk/basics. */
const PLAYERS =
  /^https:\/\/((www\.)?youtube(-nocookie)?\.com|player\.vimeo\.com)(?=\/|$)/;
/** Of a video that a viewer sees, this much is in view. */
const VISIBLE = 0.5;

/** Follows the videos that `selector` names; returns the undo. @param {string} selector @param {any} on */
export function followMedia(selector, on) {
  /** Number of each video, whether it is in view, and what its player has said. @type {WeakMap<any, any>} */
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
  const report = (el, code, provider, facts, title, url) => {
    const its = state(el);
    const { currentTime, duration, muted } = facts;
    const isNew = its.$number === undefined;
    if (isNew) its.$number = next++;
    sink.$media(
      code,
      its.$number,
      currentTime,
      duration,
      (muted ? 1 : 0) | (its.$visible ? 2 : 0) | (provider << 2),
      isNew ? join([title, url]) : "",
      at(),
    );
  };

  EVENTS.forEach((type, code) =>
    on(type, (/** @type {any} */ event) => {
      const video = event.composedPath()[0];
      if (!video.matches?.(selector) || up(video, IGNORED)) return;
      // A player that is set to another place tells the time, too.
      if (code === 1 && video.paused) return;
      const title = video.title || video.getAttribute("aria-label");
      report(video, code, 0, video, title, video.currentSrc);
    }),
  );

  const frames = () =>
    [...document.querySelectorAll("iframe")].filter(
      (frame) =>
        PLAYERS.test(frame.src) &&
        frame.matches(selector) &&
        !up(frame, IGNORED),
    );
  /** Asks the players of the page to tell what they do. */
  sink.$greet = () => {
    for (const frame of frames()) {
      if (state(frame).$heard) continue;
      const [origin] = /** @type {string[]} */ (PLAYERS.exec(frame.src));
      const say = (/** @type {any} */ what) =>
        frame.contentWindow?.postMessage(JSON.stringify(what), origin);
      if (/vimeo/.test(origin))
        VIMEO_EVENTS.forEach((value) =>
          say({ method: "addEventListener", value }),
        );
      else say({ event: "listening", id: 1, channel: "widget" });
    }
  };
  on("message", (/** @type {MessageEvent} */ { source, origin, data }) => {
    const frame =
      PLAYERS.test(origin) &&
      frames().find(({ contentWindow }) => contentWindow === source);
    if (!frame) return;
    const said = typeof data === "string" ? JSON.parse(data) : data;
    const { title, src } = frame;
    const its = state(frame);
    if (/vimeo/.test(origin)) {
      if (said.event === "ready") sink.$greet();
      const code = VIMEO_EVENTS.indexOf(said.event);
      if (code < 0) return;
      its.$heard = true;
      const { seconds: currentTime, duration } = said.data;
      const muted = /muted=1/.test(src);
      report(frame, code, 2, { currentTime, duration, muted }, title, src);
    } else if (said.info) {
      its.$heard = true;
      // YouTube tells what has changed: 1 is playing, 0 has ended.
      const was = its.$info?.playerState === 1;
      const info = (its.$info = { currentTime: 0, ...its.$info, ...said.info });
      const code =
        said.info.playerState === 0
          ? 3
          : info.playerState === 1
            ? Number(was)
            : -1;
      if (code >= 0)
        report(frame, code, 1, info, info.videoData?.title || title, src);
    }
  });
  return () => views.disconnect();
}
