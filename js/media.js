// Follows the videos of a page: HTML5 in the document and in shadow roots, YouTube and Vimeo in their iframes, by the messages
// that these take: no script of theirs is loaded. A part of its own, loaded where a video plays or a page has such a player.
// https://developers.google.com/youtube/iframe_api_reference, which wants `enablejsapi=1` in the address, and
// https://developer.vimeo.com/player/sdk/basics.
// @ts-check

/** Vimeo's names of what a video does, in the order of the codes in src/video.rs. */
const VIMEO_EVENTS = ["play", "timeupdate", "seeked", "ended"];
const [PLAY, PROGRESS, ENDED] = [0, 1, 3];
const [HTML5, YOUTUBE, VIMEO] = [0, 1, 2];
/** YouTube's states of a player. */
const [HAS_ENDED, IS_PLAYING] = [0, 1];
/** Players in iframes. */
const PLAYERS =
  /^https:\/\/((www\.)?youtube(-nocookie)?\.com|player\.vimeo\.com)(?=\/|$)/;
/** Of a video that a viewer sees, this much is in view. */
const VISIBLE = 0.5;

/**
 * Returns `hear`, which takes what an HTML5 video does: its element, the code of the event, and when; and `greet`, which asks the
 * players in the page's iframes to tell what they do.
 * @param {(el: any) => any} isMeant whether a video is to be followed
 * @param {(type: string, listener: (event: any) => void) => void} on hooks the window until spoor is stopped
 * @param {(() => void)[]} undo
 * @param {(time: number | undefined, numbers: number[], texts: any[] | undefined) => void} report see `MEDIA` in
 * src/web/report.js
 */
export function follow(isMeant, on, undo, report) {
  /** Number of each video, whether it is in view, and what its player has said so far. @type {WeakMap<any, any>} */
  const known = new WeakMap();
  let next = 0;
  const views = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries)
        known.get(target).visible = intersectionRatio >= VISIBLE;
    },
    { threshold: VISIBLE },
  );
  undo.push(() => views.disconnect());

  /** Returns what is known of a video. @param {any} el */
  const of = (el) => {
    if (!known.has(el)) {
      known.set(el, { number: next++ });
      views.observe(el);
    }
    return known.get(el);
  };
  /** @param {any} el @param {number} code @param {number} provider @param {any} facts @param {string} title
   * @param {string} url @param {number} [time] */
  const tell = (el, code, provider, facts, title, url, time) => {
    const its = of(el);
    const { currentTime, duration, muted } = facts;
    report(
      time,
      [
        code,
        its.number,
        Math.round(currentTime * 1000),
        Math.round(duration * 1000),
        (muted ? 1 : 0) | (its.visible ? 2 : 0) | (provider << 2),
      ],
      its.told ? undefined : [title, url],
    );
    its.told = true;
  };

  /** @param {any} video @param {number} code @param {number} time */
  const hear = (video, code, time) => {
    if (!isMeant(video)) return;
    // A player that is set to another place tells the time, too.
    if (code === PROGRESS && video.paused) return;
    const title = video.title || video.getAttribute("aria-label");
    tell(video, code, HTML5, video, title, video.currentSrc, time);
  };

  const frames = () =>
    [...document.getElementsByTagName("iframe")].filter(
      (frame) => PLAYERS.test(frame.src) && isMeant(frame),
    );
  const originOf = (/** @type {any} */ frame) => new URL(frame.src).origin;
  /** @param {any} frame */
  const ask = (frame) => {
    const origin = originOf(frame);
    const say = (/** @type {any} */ what) =>
      frame.contentWindow?.postMessage(JSON.stringify(what), origin);
    if (/vimeo/.test(origin))
      for (const value of VIMEO_EVENTS)
        say({ method: "addEventListener", value });
    else say({ event: "listening", id: 1, channel: "widget" });
  };
  const greet = () => {
    for (const frame of frames()) if (!of(frame).said) ask(frame);
  };
  on("message", (/** @type {MessageEvent} */ { source, origin, data }) => {
    const frame = frames().find(
      (frame) => frame.contentWindow === source && originOf(frame) === origin,
    );
    if (!frame) return;
    const its = of(frame);
    const said = typeof data === "string" ? JSON.parse(data) : data;
    const { title, src } = frame;
    if (/vimeo/.test(origin)) {
      if (said.event === "ready") ask(frame);
      const code = VIMEO_EVENTS.indexOf(said.event);
      if (code < 0) return;
      its.said = said;
      const { seconds: currentTime, duration } = said.data;
      const muted = /muted=1/.test(src);
      tell(frame, code, VIMEO, { currentTime, duration, muted }, title, src);
    } else if (said.info) {
      // YouTube tells what has changed.
      const before = its.said;
      const info = (its.said = { currentTime: 0, ...before, ...said.info });
      const plays = info.playerState === IS_PLAYING;
      const code =
        said.info.playerState === HAS_ENDED
          ? ENDED
          : before?.playerState === IS_PLAYING
            ? PROGRESS
            : PLAY;
      if (plays || code === ENDED)
        tell(frame, code, YOUTUBE, info, info.videoData?.title || title, src);
    }
  });

  return { hear, greet };
}
