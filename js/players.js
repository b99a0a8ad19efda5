// Speaks with the players of YouTube and Vimeo, by the messages that their iframes take: no script of theirs is loaded. A part
// of its own, loaded where a page has such a player.
// https://developers.google.com/youtube/iframe_api_reference, which wants `enablejsapi=1` in the address, and
// https://developer.vimeo.com/player/sdk/basics.
// @ts-check

/** Vimeo's names of what a video does, in the order of the codes in src/web/media.js. */
const VIMEO_EVENTS = ["play", "timeupdate", "seeked", "ended"];
const [PLAY, PROGRESS, ENDED] = [0, 1, 3];
const [YOUTUBE, VIMEO] = [1, 2];
/** YouTube's states of a player. */
const [HAS_ENDED, IS_PLAYING] = [0, 1];

/**
 * Returns `greet`, which asks the players of the page to tell what they do, and `hear`, which takes their messages.
 * @param {() => any[]} frames the iframes of players on the page
 * @param {(frame: any, code: number, provider: number, facts: any, title: string, url: string) => void} report
 */
export function follow(frames, report) {
  /** What each player has said so far. @type {WeakMap<any, any>} */
  const known = new WeakMap();
  const originOf = (/** @type {any} */ frame) => new URL(frame.src).origin;

  function greet() {
    for (const frame of frames()) {
      if (known.has(frame)) continue;
      const origin = originOf(frame);
      const say = (/** @type {any} */ what) =>
        frame.contentWindow?.postMessage(JSON.stringify(what), origin);
      if (/vimeo/.test(origin))
        for (const value of VIMEO_EVENTS)
          say({ method: "addEventListener", value });
      else say({ event: "listening", id: 1, channel: "widget" });
    }
  }

  /** @param {MessageEvent} event */
  function hear({ source, origin, data }) {
    const frame = frames().find(
      (frame) => frame.contentWindow === source && originOf(frame) === origin,
    );
    if (!frame) return;
    const said = typeof data === "string" ? JSON.parse(data) : data;
    const { title, src } = frame;
    if (/vimeo/.test(origin)) {
      if (said.event === "ready") greet();
      const code = VIMEO_EVENTS.indexOf(said.event);
      if (code < 0) return;
      known.set(frame, said);
      const { seconds: currentTime, duration } = said.data;
      const muted = /muted=1/.test(src);
      report(frame, code, VIMEO, { currentTime, duration, muted }, title, src);
    } else if (said.info) {
      // YouTube tells what has changed.
      const before = known.get(frame);
      const info = { currentTime: 0, ...before, ...said.info };
      known.set(frame, info);
      const plays = info.playerState === IS_PLAYING;
      const code =
        said.info.playerState === HAS_ENDED
          ? ENDED
          : before?.playerState === IS_PLAYING
            ? PROGRESS
            : PLAY;
      if (plays || code === ENDED)
        report(frame, code, YOUTUBE, info, info.videoData?.title || title, src);
    }
  }

  return { greet, hear };
}
