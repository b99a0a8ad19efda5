// The presets of the npm package by their names, as js/parts.js has its parts: loaded only where one is named.
// @ts-check

const PRESETS = {
  auto: () => import("./presets/auto.js"),
  shopify: () => import("./presets/shopify.js"),
  woocommerce: () => import("./presets/woocommerce.js"),
  magento2: () => import("./presets/magento2.js"),
  prestashop: () => import("./presets/prestashop.js"),
  bigcommerce: () => import("./presets/bigcommerce.js"),
  shopware6: () => import("./presets/shopware6.js"),
  opencart: () => import("./presets/opencart.js"),
  squarespace: () => import("./presets/squarespace.js"),
  generic: () => import("./presets/generic.js"),
};

/** @param {string} name @returns {Promise<any>} */
export async function load(name) {
  const preset = /** @type {any} */ (PRESETS)[name];
  if (!preset)
    throw `preset: no "${name}"; known are: ${Object.keys(PRESETS).join(" ")}`;
  return preset();
}
