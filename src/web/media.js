// Videos: HTML5 in the document and in shadow roots, YouTube and Vimeo in their iframes.
// @ts-check
import { at, join, sink } from "./dom.js";

const EVENTS = ["play", "timeupdate", "seeking", "ended"];
/** Players in iframes speak by messages: https://developers.google.com/youtube/iframe_api_reference, which wants
 * `enablejsapi=1` in the address, and https://developer.vimeo.com/player/sdk/basics. */
const PLAYERS =
  /^https:\/\/((?:www\.)?youtube(?:-nocookie)?\.com|player\.vimeo\.com)\//;

/** Which videos are followed. */
let selector = "";
let next = 0;
/** Number, share in view, and state of each. @type {WeakMap<any, any>} */
let known = new WeakMap();
/** @type {IntersectionObserver} */
let views;
/** @type {Set<HTMLIFrameElement>} */
const frames = new Set();

/** @param {string} video @param {any} on */
export function followMedia(video, on) {
  selector = video;
  known = new WeakMap();
  next = 0;
  views = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries)
        state(target).visible = intersectionRatio >= 0.5;
    },
    { threshold: [0.5] },
  );
  hear(document, on);
  on("message", message, window);
  sink.greeted = greet;
  return () => views.disconnect();
}

/** Media events do not leave a shadow root: each root is heard by itself, from the first click in it on. @param {any} root @param {any} on */
export function hear(root, on) {
  if (!selector || known.has(root)) return;
  known.set(root, {});
  EVENTS.forEach((type, code) =>
    on(
      type,
      (/** @type {any} */ { target }) => {
        if (!target.matches?.(selector) || (code === 1 && target.paused))
          return;
        const { currentTime, duration, title, currentSrc, muted } = target;
        const name = title || target.getAttribute("aria-label");
        report(target, code, currentTime, duration, muted, 0, name, currentSrc);
      },
      root,
    ),
  );
}

/** @param {any} el */
function state(el) {
  if (!known.has(el)) {
    known.set(el, { number: -1 });
    views.observe(el);
  }
  return known.get(el);
}

/** @param {any} el @param {number} code @param {number} time @param {number} duration @param {boolean} muted
 * @param {number} provider 0 HTML5, 1 YouTube, 2 Vimeo @param {string} title @param {string} url */
function report(el, code, time, duration, muted, provider, title, url) {
  const its = state(el);
  const facts = its.number < 0 ? join([title, url]) : "";
  if (facts) its.number = next++;
  const flags = (muted ? 1 : 0) | (its.visible ? 2 : 0) | (provider << 2);
  sink.media(code, its.number, time, duration, flags, facts, at());
}

/** Asks the players of the page to tell what they do. */
function greet() {
  for (const frame of document.querySelectorAll("iframe")) {
    const origin = PLAYERS.exec(frame.src)?.[0].slice(0, -1);
    if (!origin || !frame.matches(selector) || state(frame).heard) continue;
    frames.add(frame);
    const say = (/** @type {any} */ what) =>
      frame.contentWindow?.postMessage(JSON.stringify(what), origin);
    if (/vimeo/.test(origin)) {
      for (const value of ["play", "timeupdate", "seeked", "ended"])
        say({ method: "addEventListener", value });
    } else say({ event: "listening", id: 1, channel: "widget" });
  }
}

/** @param {MessageEvent} event */
function message({ source, origin, data }) {
  if (!PLAYERS.test(`${origin}/`)) return;
  for (const frame of frames) {
    if (frame.contentWindow !== source) continue;
    try {
      const said = typeof data === "string" ? JSON.parse(data) : data;
      (/vimeo/.test(origin) ? vimeo : youtube)(frame, said);
    } catch {
      // Not a message of the player.
    }
  }
}

/** @param {any} frame @param {any} said */
function vimeo(frame, { event, data }) {
  if (event === "ready") return greet();
  const code = ["play", "timeupdate", "seeked", "ended"].indexOf(event);
  if (code < 0) return;
  const its = state(frame);
  its.heard = true;
  report(
    frame,
    code,
    data.seconds,
    data.duration,
    /muted=1/.test(frame.src),
    2,
    frame.title,
    frame.src,
  );
}

/** YouTube tells what has changed: 1 is playing, 0 has ended. @param {any} frame @param {any} said */
function youtube(frame, { info }) {
  const its = state(frame);
  if (!info) return;
  its.heard = true;
  const was = its.playing;
  Object.assign(
    its,
    info.duration && { duration: info.duration },
    "muted" in info && { muted: info.muted },
  );
  its.time = info.currentTime ?? its.time ?? 0;
  its.title = info.videoData?.title || its.title || frame.title;
  if ("playerState" in info) its.playing = info.playerState === 1;
  const code = info.playerState === 0 ? 3 : its.playing ? (was ? 1 : 0) : -1;
  if (code >= 0)
    report(
      frame,
      code,
      its.time,
      its.duration,
      its.muted,
      1,
      its.title,
      frame.src,
    );
}
