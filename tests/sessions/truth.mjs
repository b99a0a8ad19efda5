// Words in which a visit is written down.

/** A page that was looked at for longer than a second, and what was done on it. */
export const page = (path, ...events) => [
  ["page_view", { path }],
  ...events.map(([name, facts]) => [name, { path, ...facts }]),
  ["user_engagement", { path }],
];

/** The page was scrolled, and seen as far as that, in percent of its height. */
export const down = (percent) =>
  [25, 50, 75, 90]
    .filter((depth) => depth <= percent)
    .map((percent_scrolled) => ["scroll", { percent_scrolled }]);

/** These products of a list were in view for more than a second. */
export const saw = (...items) =>
  items.map((item_id) => ["view_item_list", { item_id }]);

/** A step of the demo shop's checkout. */
export const step = (step_name, facts) => [
  "funnel_step",
  { funnel_name: "checkout", step_name, ...facts },
];

/** The page was seen to its end. */
export const WHOLE = down(100);
