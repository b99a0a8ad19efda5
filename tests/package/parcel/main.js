import { init } from "spoor";

init({
  collector: "/collect",
  track: { add_to_cart: ".add-to-cart" },
  heatmap: true,
});
