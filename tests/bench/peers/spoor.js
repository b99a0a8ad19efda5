// spoor's single file, with rules for the page and the whole heatmap.
import { init } from "../../../dist/index.js";

init({
  collector: "/sink/spoor",
  site: "bench",
  track: {
    add_to_cart: ".add-to-cart",
    add_to_wishlist: "[data-wishlist]",
    select_item: ".card a",
    scroll: [25, 50, 75, 90],
  },
  heatmap: { clicks: true, moves: true, attention: true },
});
