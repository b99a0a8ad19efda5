// Makes one text and a list of numbers of a value, for src/pack.rs.
// @ts-check

/** Deeper nesting is cut: a cycle has no end. The same as in src/pack.rs. */
const MAX_DEPTH = 8;

/** Takes the separators out of a text. @param {unknown} text */
const plain = (text) => String(text).replace(/\x1f/g, " ");

/**
 * Returns the tokens of `value`, and adds its numbers to `numbers`.
 * @param {any} value @param {number[]} numbers @returns {string}
 */
export function pack(value, numbers, depth = MAX_DEPTH) {
  if (typeof value === "string") return `s${plain(value)}`;
  if (typeof value === "number") return numbers.push(value), "n";
  if (typeof value === "boolean") return value ? "t" : "f";
  if (!value || typeof value !== "object" || !depth) return "0";
  const inner = (/** @type {any} */ item) => pack(item, numbers, depth - 1);
  const tokens = Array.isArray(value)
    ? ["[", ...value.map(inner)]
    : ["{", ...Object.entries(value).flatMap(([key, item]) => [plain(key), inner(item)])];
  return [...tokens, "]"].join("\x1f");
}
