// A shop whose `before` drops what is put into the cart, and counts how often it sees what is told.
import { init } from "spoor";
import { segment } from "spoor/collectors";

const [[, { collector, ...config }]] = window.spoor;
let seen = 0;
window.spoor = await init({
  ...config,
  collector: segment(collector),
  before(event) {
    if (event.name === "add_to_cart") return null;
    if (event.name === "left") event.params.seen = ++seen;
  },
});
