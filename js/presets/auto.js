// Tells which preset fits a page, by what only that shop system leaves in one. Loaded with `preset: "auto"`.
// @ts-check

/** Preset, the global of its scripts, and a selector of its markup; either is enough. The surest stand first. */
const SIGNS = [
  ["shopify", "Shopify", "link[href*='cdn.shopify.com']"],
  [
    "woocommerce",
    "wc_add_to_cart_params",
    "[class*=woocommerce], [class*=wc-block-], [content^=WooCommerce]",
  ],
  [
    "magento2",
    "hyva",
    "[data-mage-init], [type='text/x-magento-init'], [href*='/static/version']",
  ],
  ["prestashop", "prestashop", "[content=PrestaShop]"],
  [
    "bigcommerce",
    "stencilUtils",
    "[href*='/stencil/'], [src*='/stencil/'], [src*='cdn11.bigcommerce.com']",
  ],
  ["shopware6", "themeAssetsPublicPath", "body[class*=is-act-]"],
  [
    "squarespace",
    "Static",
    "[src*='squarespace'], [href*='static1.squarespace']",
  ],
  [
    "opencart",
    "",
    "a[href*='index.php?route='], [href*='catalog/view/'], [src*='catalog/view/']",
  ],
];

/**
 * Returns the name of the preset that fits the page; "generic" where none does.
 * @param {Document} document @param {any} window
 */
export function detect(document, window) {
  const sign = SIGNS.find(
    ([, global, selector]) =>
      (global && window[global]) || document.querySelector(selector),
  );
  return sign ? sign[0] : "generic";
}
