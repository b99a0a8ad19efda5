// What js/queues.js reads in the envelope of a batch (docs/wire.md), and adds to it. Pure.
// @ts-check

const LEAST_IMPORTANT = 3;
/** As in src/conversion.rs. */
const MACRO = "purchase generate_lead".split(" ");
const BEHAVIOUR =
  "scroll user_engagement click view_item_list view_promotion video_progress form_start rage_click dead_click error_click thrashed_cursor quick_back".split(
    " ",
  );

/** @typedef {Record<string, number>} Losses */

/** Returns how important a batch is: 0 with what shops are there for, 1 with the steps to it, 2 of behaviour alone, 3 of points.
 * @param {any} envelope */
export function importanceOf({ pages = [] }) {
  const names = pages.flatMap((/** @type {any} */ { events = [] }) =>
    events.map((/** @type {any} */ { name }) => name),
  );
  const each = names.map((/** @type {string} */ name) =>
    MACRO.includes(name) ? 0 : BEHAVIOUR.includes(name) ? 2 : 1,
  );
  return Math.min(LEAST_IMPORTANT, ...each);
}

/** Returns the envelope with those of its events and points alone. @param {any} envelope @param {string[]} ids as `of` of a request
 * @returns {{ pages: any[] }} */
export function only(envelope, ids) {
  const wanted = new Set(ids);
  const pages = envelope.pages.map((/** @type {any} */ page) => {
    const of = (/** @type {any[]} */ list = []) =>
      list.filter(({ seq }) => wanted.has(`${page.id} ${seq}`));
    return { ...page, events: of(page.events), heat: of(page.heat) };
  });
  const has = (/** @type {any} */ { events, heat }) => events[0] || heat[0];
  return { ...envelope, pages: pages.filter(has) };
}

/** Adds counts to counts. @param {Losses} losses @param {Losses} [more] */
export function add(losses, more = {}) {
  for (const reason in more)
    if (more[reason]) losses[reason] = (losses[reason] ?? 0) + more[reason];
}

/** Returns a body that tells of these losses too. @param {string} body @param {Losses} more */
export function informed(body, more) {
  const { losses = {}, ...envelope } = JSON.parse(body);
  add(losses, more);
  return JSON.stringify({ ...envelope, losses });
}

/** Returns a body that says when it is sent, by which a collector corrects the browser's clock. @param {string} body @param {number} now */
export const stamped = (body, now) =>
  body.replace(/"sent_at":\d+/, `"sent_at":${now}`);
