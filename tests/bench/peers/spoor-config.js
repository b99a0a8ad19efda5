// One configuration for every way in: rules for the page, and the heatmap.
export const config = {
  collector: "/sink/spoor",
  site: "bench",
  track: {
    add_to_cart: ".add-to-cart",
    add_to_wishlist: "[data-wishlist]",
    select_item: ".card a",
    scroll: [25, 50, 75, 90],
  },
  heatmap: true,
};
