// Parts of the npm package that are loaded only where they are named. Written out, because not every bundler follows a
// computed path.
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
  split: () => import("./split.js"),
  tcf: () => import("./tcf.js"),
  "presets/auto": () => import("./presets/auto.js"),
  "presets/shopify": () => import("./presets/shopify.js"),
  "presets/woocommerce": () => import("./presets/woocommerce.js"),
  "presets/magento2": () => import("./presets/magento2.js"),
  "presets/prestashop": () => import("./presets/prestashop.js"),
  "presets/bigcommerce": () => import("./presets/bigcommerce.js"),
  "presets/shopware6": () => import("./presets/shopware6.js"),
  "presets/opencart": () => import("./presets/opencart.js"),
  "presets/squarespace": () => import("./presets/squarespace.js"),
  "presets/generic": () => import("./presets/generic.js"),
};

/** @param {string} name @returns {Promise<any>} */
export async function partOf(name) {
  const load = /** @type {any} */ (PARTS)[name];
  if (!load) throw `no "${name}"; known are: ${Object.keys(PARTS).join(" ")}`;
  return load();
}
