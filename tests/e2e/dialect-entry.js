// A shop that bundles spoor and its collectors from npm; the page's tag names each by its dialect.
import { init } from "spoor";
import * as collectors from "spoor/collectors";

const [[, { collector, ...config }]] = window.spoor;
const { dialect, ...options } = collector;
window.spoor = await init({
  ...config,
  collector: collectors[dialect](options),
});
