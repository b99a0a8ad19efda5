// A shop that bundles spoor from npm. The config is the one that the shop's tracking.js has queued; the calls that the pages
// have queued beside it are made once spoor runs.
import { init } from "spoor";

const queued = window.spoor;
const [, config] = queued.find(([name]) => name === "init");
const spoor = await init(config);
const call = ([name, ...args]) => spoor[name](...args);
queued.filter(([name]) => name !== "init").forEach(call);
window.spoor = { ...spoor, push: call };
