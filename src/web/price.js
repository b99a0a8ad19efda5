// Reads prices as shops print them. Nothing here guesses a currency from a sign that several share (`$`, `kr`).
// @ts-check
import { pack } from "../../js/pack.js";

/** Parameters that are amounts of money or counts. */
const NUMBERS = /^(price|value|discount|shipping|tax|quantity|index)$/;
/** Signs that stand for one currency alone. */
const SIGNS =
  "€EUR £GBP ₹INR złPLN KčCZK ₺TRY ₩KRW ₪ILS ₫VND ₴UAH R$BRL US$USD".split(" ");
const CODES =
  /(?<![A-Za-z])(EUR|GBP|USD|CHF|SEK|NOK|DKK|PLN|CAD|AUD|JPY|INR)(?![A-Za-z])/;
/** Numbers of more digits are none that a shop writes. */
const MAX_DIGITS = 15;

/**
 * Returns whether a language writes decimals behind a comma. English shops write a point wherever they are.
 * @param {string} language as BCP 47
 */
export function writesComma(language) {
  try {
    return (
      /^(?!en)/i.test(language) && (0.1).toLocaleString(language)[1] === ","
    );
  } catch {
    // No language at all.
    return false;
  }
}

/** What was found of a language: asking the browser takes a while. @type {Record<string, boolean>} */
const commas = {};

/**
 * Returns the first amount in a text whose white space is folded, nothing where it has no digit.
 *
 * A single separator before exactly three digits is read by the page's language: `1.299` is 1299 in `de` and 1.299 in `en`;
 * with two separators, or another count of digits, the text itself tells.
 * @param {string} text @param {boolean} comma whether the language writes decimals behind one
 */
export function amount(text, comma) {
  const [found] = /\d+([.,]\d+|[ '’]\d{3}(?!\d))*/.exec(text) ?? [];
  const digits = found?.replace(/\D/g, "");
  if (!found || !digits || digits.length > MAX_DIGITS) return;
  const number = found.replace(/[ '’]/g, "");
  const at = Math.max(number.lastIndexOf("."), number.lastIndexOf(","));
  const sign = number[at];
  const before = number.slice(0, Math.max(at, 0)).replace(/\d/g, "");
  let decimals = number.length - at - 1;
  // 1.299 may be either; 1.299,00 and 12,5 may not, nor 0.999, nor 1299.000.
  const either = !before && decimals === 3 && at < 4 && Number(digits) >= 1000;
  // 1299, 1.299.000
  if (at < 0 || before.endsWith(sign) || (either && (sign === ",") !== comma))
    decimals = 0;
  const value = Number(digits) / 10 ** decimals;
  return /^[-−]/.test(text) ? -value : value;
}

/** Returns the currency that a text names. @param {string} text */
export const currency = (text) =>
  SIGNS.find((known) => text.includes(known.slice(0, -3)))?.slice(-3) ??
  CODES.exec(text)?.[0];

/**
 * Adds a fact to those of an event, see `Found` in src/conversion.rs: of a number its amount, and its currency, should nobody
 * name that.
 * @param {string[]} facts @param {string} key @param {string} text
 */
export function add(facts, key, text) {
  const [kind, name] = [Number(key[0]), key.slice(1)];
  if (!text) return;
  if (kind > 1 || !NUMBERS.test(name)) return facts.push(key, text);
  const language = document.documentElement.lang || navigator.language;
  const value = amount(text, (commas[language] ??= writesComma(language)));
  const code = currency(text);
  if (value !== undefined) facts.push(`${kind + 2}${name}`, pack(value));
  if (value !== undefined && code) facts.push("4currency", code);
}
