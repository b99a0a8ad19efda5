// Halves a batch that is larger than the collector takes. Loaded only where one answers 413.
// @ts-check

/** As in src/delivery.rs: a kept batch begins with its events times this, plus its importance. */
const KINDS = 4;

/**
 * Returns the two halves of the batch `id`, each as its id and the text that it is kept as; none of a single event. The ids follow
 * from that of the whole, so that whoever halves it again makes the same.
 * @param {string} body the envelope as JSON @param {string} id @param {number} number how the whole is kept
 * @returns {[string, string][]}
 */
export function halves(body, id, number = 0) {
  const { losses, ...whole } = JSON.parse(body);
  /** @type {{ page: any, kind: string, one: any }[]} */
  const all = whole.pages.flatMap((/** @type {any} */ page) =>
    ["events", "heat"].flatMap((kind) =>
      (page[kind] ?? []).map((/** @type {any} */ one) => ({ page, kind, one })),
    ),
  );
  if (all.length < 2) return [];
  const half = all.length >> 1;
  return [all.slice(0, half), all.slice(half)].map((those, index) => {
    const batch = child(id, index);
    const told = index ? {} : { losses };
    const pages = whole.pages.flatMap((/** @type {any} */ page) =>
      filled(
        page,
        those.filter((one) => one.page === page),
      ),
    );
    const events = those.filter(({ kind }) => kind === "events").length;
    const json = JSON.stringify({ ...whole, batch, pages, ...told });
    return [batch, `${events * KINDS + (number % KINDS)}${json}`];
  });
}

/** Returns `page` with `those` of its contents, or nothing without any. @param {any} page @param {any[]} those */
function filled({ events, heat, ...head }, those) {
  const of = (/** @type {string} */ wanted) => {
    const some = those.filter(({ kind }) => kind === wanted);
    return some[0] ? { [wanted]: some.map(({ one }) => one) } : {};
  };
  return those[0] ? [{ ...head, ...of("events"), ...of("heat") }] : [];
}

/** Returns an id of the same time: the last 48 bits count as in a tree in which each node has two below it. @param {string} id
 * @param {number} index */
function child(id, index) {
  const node = BigInt(`0x${id.slice(-12)}`);
  const below = BigInt.asUintN(48, node * 2n + 1n + BigInt(index));
  return id.slice(0, -12) + below.toString(16).padStart(12, "0");
}
