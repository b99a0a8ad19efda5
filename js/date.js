// Reads a `Retry-After` that is a date. Loaded only where a collector answers with one.
// @ts-check

/** Returns how many seconds there are until then by the collector's own clock, where that may be read; what is no date as it is.
 * <https://www.rfc-editor.org/rfc/rfc9110#field.retry-after> @param {Headers} headers */
export function secondsUntil(headers) {
  const after = headers.get("retry-after") ?? "";
  const then = Date.parse(after);
  if (isNaN(then)) return after;
  const now = Date.parse(headers.get("date") ?? "") || Date.now();
  return `${Math.max(0, Math.ceil((then - now) / 1000))}`;
}
