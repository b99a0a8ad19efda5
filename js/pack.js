// Makes one text of a value, for src/pack.rs.
// @ts-check
import { plain } from "../src/web/dom.js";

/** Deeper nesting is cut: a cycle has no end. The same as in src/pack.rs. */
const MAX_DEPTH = 8;

/**
 * Returns the tokens of `value`, joined.
 * @param {any} value @returns {string}
 */
export function pack(value, depth = MAX_DEPTH) {
  const kind = typeof value;
  if (kind === "string") return `s${plain(value)}`;
  if (kind === "boolean") return value ? "t" : "f";
  if (kind === "number") {
    const millionths = Math.round(value * 1e6);
    if (Number.isSafeInteger(millionths)) return `n${millionths}`;
    return Math.abs(value) < 1e19 ? `N${Math.trunc(value)}` : "0";
  }
  if (!value || kind !== "object" || !depth) return "0";
  const inner = (/** @type {any} */ item) => pack(item, depth - 1);
  const tokens = Array.isArray(value)
    ? ["[", ...value.map(inner)]
    : [
        "{",
        ...Object.entries(value).flatMap(([key, item]) => [
          plain(key),
          inner(item),
        ]),
      ];
  return [...tokens, "]"].join("\x1f");
}
