// What several documents have in common. Each is bundled with what it takes of this.
// @ts-check

/** A line for each event, and for each chunk of points, which stay packed (docs/wire.md). */
const head = {
  id: "$id",
  site: "$site",
  visitor: "$visitor",
  user: "$user",
  session: "$session.id",
  session_number: "$session.number",
  source: "$session.source",
  bot: "$session.bot",
  page: "$page.id",
  url: "$page.url",
  title: "$page.title",
  referrer: "$page.referrer",
  language: "$page.language",
  viewport: "$page.viewport",
  seq: "$seq",
  consent: "$consent",
};
export const line = {
  event: {
    ...head,
    name: "$name",
    time: { $iso: "$time" },
    params: "$params",
  },
  heat: {
    ...head,
    name: "heat",
    time: { $iso: "$page.opened_at" },
    document: "$page.document",
    data: "$data",
  },
};

/** Whether the visitor lets itself be known. */
export const granted = { $case: ["$consent", { granted: true }, false] };
/** The campaign's parameters and click ids, without what each collector calls its own way. */
export const campaign = {
  $keys: ["$session.source", { referrer: "", channel: "" }],
};

/** The page's path, or from another beginning, with the campaign in its query, where many collectors look for it alone.
 * @param {string[]} from */
export const arrived = (...from) => ({
  $text: [...from, "$page.pathname", "?", { $query: campaign }, "$page.hash"],
});
/** The page's address likewise. */
export const address = { $or: [arrived("$page.origin"), "$page.url"] };

/** Returns what a shop calls with its options: it makes an entry of `collector` that speaks a dialect of ours, which needs no check.
 * @param {any} dialect */
export const speaking = (dialect) => (/** @type {any} */ options) => ({
  ...options,
  dialect,
  checked: true,
});
