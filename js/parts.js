// Parts of the npm package that are loaded only where they are needed. Written out, because not every bundler follows a computed
// path.
// @ts-check

const PARTS = {
  behaviour: () => import("./behaviour.js"),
  date: () => import("./date.js"),
  debug: () => import("./debug.js"),
  faults: () => import("./faults.js"),
  gzip: () => import("./gzip.js"),
  heat: () => import("./heat.js"),
  history: () => import("./history.js"),
  media: () => import("./media.js"),
  outlets: () => import("./outlets.js"),
  plain: () => import("./plain.js"),
  presets: () => import("./presets.js"),
  split: () => import("./split.js"),
  tcf: () => import("./tcf.js"),
};

/** Resolves to a part, or to what a list of them holds: `"presets/shopify"`. @param {string} name @returns {Promise<any>} */
export async function partOf(name) {
  const [part, one] = name.split("/");
  const load = /** @type {any} */ (PARTS)[part];
  // Of what configs name, dialects alone are not among them.
  if (!load) throw `no "${name}": import it from "spoor/collectors"`;
  const loaded = await load();
  return one ? loaded.load(one) : loaded;
}
