// One configuration for every way in, with all on that spoor has: a preset's rules, what it knows by itself, funnels, a
// goal and the heatmap.
import generic from "../../../js/presets/generic.js";

export const config = {
  collector: "/sink/spoor",
  site: "bench",
  preset: generic,
  goals: [{ name: "full_cart", when: "add_to_cart", once: "visit" }],
  heatmap: true,
};
