// Tables as comma-separated values, by RFC 4180.

/** A spreadsheet takes a cell that begins so for a formula, which a selector from a page could carry: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;
/** Excel takes a file for UTF-8 by this mark alone. */
const MARK = "\ufeff";

/** Returns the cell as it stands in a file. A number is no formula, a text that begins like one gets an apostrophe before it. */
export function cell(value) {
  if (value == null) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Returns rows of cells as a file. */
export const csv = (rows) =>
  MARK + rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
