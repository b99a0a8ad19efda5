// A shop that bundles spoor from npm. The config is the one that the shop's tracking.js has queued; the calls that the pages
// have queued beside it are made once spoor runs.
import { init } from "spoor";

const queued = (window.spoor ??= []);
const isInit = ([name]) => name === "init";
// The shop's script may come later than this one.
const late = new Promise((done) => {
  queued.push = (entry) => {
    queued[queued.length] = entry;
    if (isInit(entry)) done(entry);
  };
});
const [, config] = queued.find(isInit) ?? (await late);
const spoor = await init(config);
const call = ([name, ...args]) => spoor[name](...args);
queued.filter((entry) => !isInit(entry)).forEach(call);
window.spoor = { ...spoor, push: call };
