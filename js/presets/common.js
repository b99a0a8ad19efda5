// What every preset switches on: nothing here depends on a shop system's markup. Spread into each preset's `track`.
// @ts-check

/** Behaviour that spoor recognises by itself. */
export const builtIn = {
  attention: true,
  click: true,
  dead_click: true,
  error_click: true,
  file_download: true,
  form: true,
  quick_back: true,
  rage_click: true,
  scroll: true,
  search: true,
  select_item: true,
  share: true,
  thrashed_cursor: true,
  video: true,
  view_item: true,
  view_item_list: true,
};

/** The steps that every shop has whose checkout runs on its own pages. */
export const funnels = {
  checkout: ["view_item", "add_to_cart", "begin_checkout", "purchase"],
};
