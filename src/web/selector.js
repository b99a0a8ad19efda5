// Makes the selector by which an element is found again on another day: ids and data attributes first, then classes that a
// person chose, `nth-of-type` last. Hashed classes and counted ids are passed over.
// @ts-check

/** Attributes by which teams name elements for good, most telling first. */
const NAMES = ["data-sku", "data-product-id", "data-testid", "data-test"];
/** Of these, the ones that no two in a list share. */
const UNIQUE = /^data-(sku|product-id)$/;
/** A name that can stand in a selector as it is. A longer one was not chosen by a person. */
const PLAIN = /^[\w-]{1,40}$/;
/** Classes that come and go, or that tools make of styles. */
const STATE =
  /^((is|css|sc|jsx|svelte)-.*|active|open|hover|focus|selected|disabled|loading)$/;
/** Classes kept of one element: more only make the selector longer. */
const MAX_CLASSES = 2;
/** Elements named above the one that was clicked: selectors longer than that break first. */
const MAX_STEPS = 8;

/** Selectors of elements made before, each without what stands above it: clicks fall on few elements, and these within fewer.
 * @type {WeakMap<object, string>} */
const made = new WeakMap();

/**
 * Returns whether a person chose this id or class, and no build step or counter. What tools write has digits mixed among
 * letters (`css-1x2y3z`), counts (`input-17`, `:r3:`) or flips its case (`sc-bdVaJa`).
 * @param {string} name
 */
export const isStable = (name) =>
  PLAIN.test(name) &&
  /^[a-z_]/i.test(name) &&
  !STATE.test(name) &&
  name.split(/[-_]/).every((word) => {
    const { length } = word;
    const digits = word.replace(/\D/g, "").length;
    const flips = word.split(/[a-z](?=[A-Z])/).length - 1;
    const isCounted =
      digits > 2 || (digits && (digits === length || length > 4));
    return !isCounted && (flips < 2 || length > 8);
  });

/** Returns the `nth-of-type` step of `el`, nothing where no other beside it is named so. @param {any} el @param {string} name */
function nthOfType(el, name) {
  const beside = [...(el.parentNode?.children ?? [])];
  if (!beside.some((one) => one !== el && one.matches(name))) return "";
  const before = beside.slice(0, beside.indexOf(el));
  const place = before.filter(({ localName }) => localName === el.localName);
  return `:nth-of-type(${place.length + 1})`;
}

/** Returns what of a selector names `el` itself. @param {any} el */
function stepOf(el) {
  // Not `el.id`: in a form, that may be the field of this name.
  const id = el.getAttribute("id") ?? "";
  if (isStable(id)) return `#${id}`;
  const named = NAMES.find((name) => el.getAttribute(name)) ?? "";
  const value = named && el.getAttribute(named);
  if (!PLAIN.test(value)) {
    const classes = [...el.classList].filter(isStable).slice(0, MAX_CLASSES);
    const chosen = classes.map((name) => `.${name}`).join("");
    const name = el.localName + chosen;
    return name + nthOfType(el, name);
  }
  const name = `${el.localName}[${named}="${value}"]`;
  return UNIQUE.test(named) ? name : name + nthOfType(el, name);
}

/** Returns the selector of `target`; ` >>> ` in it enters a shadow root. @param {any} target */
export function selectorOf(target) {
  let selector = "";
  let joint = "";
  // An id was reached: nothing above it in its tree says more.
  let anchored = false;
  let el = target;
  for (
    let step = 0;
    el && el.parentNode !== el.ownerDocument && step < MAX_STEPS;
    step++
  ) {
    if (!anchored) {
      let name = made.get(el);
      if (!name) made.set(el, (name = stepOf(el)));
      anchored = name[0] === "#";
      selector = name + joint + selector;
      joint = " > ";
    }
    const { parentElement } = el;
    const host = parentElement ? null : el.getRootNode().host;
    if (host) {
      joint = " >>> ";
      anchored = false;
    }
    el = parentElement ?? host;
  }
  return selector;
}
