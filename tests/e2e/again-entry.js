// A shop that bundles spoor from npm, and may start it more than once on a page.
import { init } from "spoor";

const [, config] = window.spoor.find(([name]) => name === "init");
window.start = async () => {
  window.tracker = await init(config);
};
await window.start();
