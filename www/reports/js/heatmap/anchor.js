// Finds the elements of points in a page, and where on it each point falls today.

/** A share of an element's size is told in steps from 0 to this. */
const WHOLE = 32767;
/** Enters a shadow root. */
const SHADOW = " >>> ";
/** The frame of what does not scroll with the page, such as a fixed header. */
export const WINDOW = 1;
const LABEL_CHARS = 48;
const MEDIA = ["video", "audio", "iframe", "canvas"];

/** Returns the element that `selector` finds, or null. */
export function find(document, selector) {
  let root = document;
  let element = null;
  for (const part of selector.split(SHADOW)) {
    try {
      element = root?.querySelector(part) ?? null;
    } catch {
      return null; // a selector of an older page, or none
    }
    root = element?.shadowRoot;
  }
  return element;
}

/** Returns the element's name for a person: what it says, else what it is. */
function label(element, selector) {
  const named = element?.getAttribute("aria-labelledby");
  // What stands within a video is for browsers that have none.
  const within = MEDIA.includes(element?.localName)
    ? element.localName
    : element?.textContent;
  const text = (
    element?.getAttribute("aria-label") ||
    (named && element.ownerDocument.getElementById(named)?.textContent) ||
    element?.getAttribute("alt") ||
    element?.labels?.[0]?.textContent ||
    within?.trim() ||
    element?.querySelector?.("[alt]")?.alt ||
    ""
  )
    .replace(/\s+/g, " ")
    .trim();
  if (!text) return tail(selector) || "Beside all elements";
  return text.length > LABEL_CHARS ? `${text.slice(0, LABEL_CHARS)}…` : text;
}

/** The place in a page `width` wide of what was at x in one `was` wide: the middle stays the middle, as most pages are a column there. */
export const centred = (width) => (x, y, was) => [
  x + (width && was ? (width - was) / 2 : 0),
  y,
];

/** The place in a picture of the page, drawn `width` wide: all of it shrinks or grows alike. */
export const stretched = (width) => (x, y, was) => {
  const factor = was ? width / was : 1;
  return [x * factor, y * factor];
};

/** The end of a selector tells more than its beginning. */
const tail = (selector) =>
  selector.length > LABEL_CHARS ? `…${selector.slice(-LABEL_CHARS)}` : selector;

/**
 * Returns per element what the collector told with `label`, `rect` and `dots`, each `[x, y, weight, frame]`, in CSS pixels of
 * `document`; what the window holds, not the page, is in those of the window. `rect` is null where the element is not to be
 * seen: its points then lie where `fit` puts their place in the page, and those of the window within its height `high`.
 */
export function place(document, elements, { fit, high = Infinity } = {}) {
  const view = document?.defaultView;
  const [right, down] = [view?.scrollX ?? 0, view?.scrollY ?? 0];
  fit ??= centred(document?.documentElement.clientWidth);
  return elements.map((told) => {
    const element =
      told.selector && document ? find(document, told.selector) : null;
    const box = element?.getBoundingClientRect();
    const seen = box && box.width > 0 && box.height > 0;
    const dots = told.at.map(
      ([shareX, shareY, x, y, was, frame = 0, weight = 1]) => {
        const fixed = frame === WINDOW;
        if (seen) {
          const left = box.left + (fixed ? 0 : right);
          const top = box.top + (fixed ? 0 : down);
          return [
            left + (shareX / WHOLE) * box.width,
            top + (shareY / WHOLE) * box.height,
            weight,
            frame,
          ];
        }
        const [left, top] = fit(x, y, was);
        return [left, fixed ? Math.min(top, high) : top, weight, frame];
      },
    );
    return {
      ...told,
      label: label(element, told.selector),
      rect: seen ? box : null,
      dots,
    };
  });
}
