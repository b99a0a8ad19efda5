// Finds the elements of clicks in a page, and where on it each click falls today.

/** A share of an element's size is told in steps from 0 to this. */
const WHOLE = 32767;
/** Enters a shadow root. */
const SHADOW = " >>> ";
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
    within ||
    ""
  )
    .replace(/\s+/g, " ")
    .trim();
  if (!text) return selector || "Beside all elements";
  return text.length > LABEL_CHARS ? `${text.slice(0, LABEL_CHARS)}…` : text;
}

/**
 * Returns per element `{ selector, label, clicks, rect, points }` in CSS pixels of `document`; `rect` is null where it is
 * not to be seen, and its points then lie where they lay in the page, moved with the page's middle.
 */
export function place(document, elements) {
  const width = document?.documentElement.clientWidth;
  return elements.map(({ selector, clicks, points }) => {
    const element = selector && document ? find(document, selector) : null;
    const box = element?.getBoundingClientRect();
    const seen = box && box.width > 0 && box.height > 0;
    return {
      selector,
      clicks,
      label: label(element, selector),
      rect: seen ? box : null,
      points: points.map(([shareX, shareY, x, y, pageWidth]) =>
        seen
          ? [
              box.left + (shareX / WHOLE) * box.width,
              box.top + (shareY / WHOLE) * box.height,
            ]
          : [x + (width && pageWidth ? (width - pageWidth) / 2 : 0), y],
      ),
    };
  });
}
