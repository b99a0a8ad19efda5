// Says what is wrong with a config or a call, and the remedy. Loaded only where something is.
// @ts-check

/** What a fault says, by its kind. @type {Record<string, (...about: any[]) => string>} */
const TEXTS = {
  answered: (status) => `the collector answered ${status}; see status()`,
  elsewhere: () =>
    "the collector leads elsewhere; name that address in its place",
  silent: () =>
    "the collector does not answer, or not to pages of this origin; see status()",
  address: (value) => `must be an address such as "/collect", not "${value}"`,
  card: () => "needs item.card, the selector of what holds one item",
  expression: () =>
    'must be a text such as "@data-sku", ".price" or "=EUR", or a number',
  flag: () => "must be true or false",
  goal: () =>
    'needs a "name" of letters, digits and _, and "when", an event\'s name or a path',
  list: () => "must be a list",
  listener: () => 'there is only "conversion", with a function',
  name: () => "no event name; use up to 40 letters, digits and _",
  number: (most) => `must be a number above 0 up to ${most}`,
  object: () => "must be an object",
  percent: () =>
    "must be whole percentages from 1 to 100, rising, such as [25, 50, 75, 90]",
  selector: (value) =>
    `not a valid selector: "${value}"; a text is written "=text"`,
  switch: (names) => `needs a selector; true are only: ${names.join(" ")}`,
  text: () => "must be a text",
  trigger: () =>
    'needs one of "selector" (clicks), "form" (submits), "url" or "shown" (pages) and "seen" (views)',
  unknown(key, known) {
    const [nearest] = known
      // At least half of the letters, else it is no typo but something else.
      .filter(
        (/** @type {string} */ name) => shared(key, name) * 2 >= name.length,
      )
      .sort(
        (/** @type {string} */ a, /** @type {string} */ b) =>
          shared(key, b) - shared(key, a),
      );
    return `unknown option; ${nearest ? `did you mean "${nearest}"?` : `known are: ${known.join(" ")}`}`;
  },
  word: (words) => `must be one of: ${words}`,
};

/**
 * Returns what `read` of js/config.js found wrong, a line each.
 * @param {any[][]} faults path, kind, and what it is about
 */
export const explain = (faults) =>
  faults
    .map(
      ([path, kind, ...about]) =>
        `${path || "config"}: ${TEXTS[kind](...about)}`,
    )
    .join("\n");

/** Returns how many letters two names share at their beginning and at their end. @param {string} a @param {string} b */
function shared(a, b) {
  let [front, back] = [0, 0];
  while (a[front] && a[front] === b[front]) front++;
  while (a.at(-1 - back) && a.at(-1 - back) === b.at(-1 - back)) back++;
  return Math.min(front + back, b.length);
}
