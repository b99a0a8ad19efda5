// What stands beneath the heat: the page in a frame, a picture of it, or nothing.
import { h } from "../element.js";
import { centred, stretched } from "./anchor.js";

/** Pages go on to lay themselves out after they have loaded: fonts, pictures. */
const LATER_MS = [300, 1500];
const OWN_ADDRESS =
  "Serve the shop and the reports from one address to see the page, or give a screenshot of it under “Page shown”.";

/** Tells whether `path`, which anybody may have sent, leads to this address: `//x`, `/\x` and `javascript:x` do not. */
export function isOwn(path) {
  return URL.parse(path, location.origin)?.origin === location.origin;
}

/**
 * Fills `place` with the page at `path`, or with the `picture`, an image that was loaded. `ready` is told `{ document, whole, fit }`
 * whenever the layout may have changed: `whole` is the height there is, null where nothing can be shown, and `note` says why.
 */
export async function openSource(place, asked, ready) {
  const { path, width, least, scripts, picture, isLeft } = asked;
  if (picture) {
    place.append(picture);
    ready({
      document: null,
      whole: (picture.naturalHeight / picture.naturalWidth) * width,
      fit: stretched(width),
      isPicture: true,
    });
    return;
  }
  const blank = (note) =>
    ready({ document: null, whole: null, fit: centred(width), note });
  if (!(await exists(path))) {
    blank(
      `There is no page ${path} on this address, so the heat is drawn on a blank one. ${OWN_ADDRESS}`,
    );
    return;
  }
  const frame = h("iframe", {
    title: `The page ${path}`,
    // Without scripts the look at a page is no visit to it.
    sandbox: `allow-same-origin${scripts ? " allow-scripts" : ""}`,
    tabindex: "-1",
    width,
    height: least,
  });
  frame.addEventListener("load", () => {
    const inside = frame.contentDocument;
    if (isLeft()) return;
    if (!inside?.documentElement) {
      // What a page's X-Frame-Options or frame-ancestors refuses, the browser puts an empty page of another origin in place of.
      frame.remove();
      blank(
        `The page ${path} does not let itself be shown in a frame, so the heat is drawn on a blank one. Give a screenshot of it under “Page shown”.`,
      );
      return;
    }
    const measure = () => {
      if (isLeft()) return;
      const whole = inside.documentElement.scrollHeight;
      ready({ document: inside, whole, fit: centred(width) });
    };
    measure();
    for (const ms of LATER_MS) setTimeout(measure, ms);
  });
  frame.src = path;
  place.append(frame);
}

/** Tells whether this address has a page at `path`. */
async function exists(path) {
  if (!isOwn(path)) return false;
  const answer = await fetch(path, { method: "HEAD" }).catch(() => null);
  return Boolean(answer?.ok);
}
