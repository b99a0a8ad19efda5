// What is known of a shop system, put under the config that a page gives.
// @ts-check

/** Each is loaded only where it is named; written out, because not every bundler follows a computed path. */
const PRESETS = {
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

/**
 * Returns the config with its preset under it: what the page says itself goes before, name by name. `preset` is then the
 * preset's name.
 * @param {any} config @returns {Promise<any>}
 */
export async function withPreset(config) {
  let preset = config?.preset;
  if (!preset) return config;
  if (preset === "auto")
    preset = (await import("./presets/auto.js")).detect(document, window);
  if (typeof preset === "string") {
    const load = /** @type {any} */ (PRESETS)[preset];
    if (!load)
      throw `preset: no "${preset}"; known are: auto ${Object.keys(PRESETS).join(" ")}`;
    preset = (await load()).default;
  }
  const { name, ...under } = preset;
  const both = { ...under, ...config, preset: name };
  for (const part of ["item", "track", "funnels"])
    both[part] = { ...under[part], ...config[part] };
  return both;
}
