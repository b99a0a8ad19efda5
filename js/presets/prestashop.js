// PrestaShop 1.7 and 8: the classic theme and its children, with the modules that come along.
//
// Known from the classic theme's templates: catalog/_partials/miniatures/product, catalog/product,
// catalog/_partials/product-prices and product-add-to-cart, checkout/cart, checkout/_partials/cart-detailed-product-line
// and steps/shipping and steps/payment, checkout/order-confirmation; core.js (the cart's addresses with op=up, op=down,
// delete=1); the modules ps_shoppingcart, ps_emailsubscription, contactform, ps_imageslider, ps_banner, blockwishlist.
//
// Covers: view_item, view_item_list, select_item, add_to_cart (product page, quick view, list, plus in the cart),
// remove_from_cart (line, minus), add_to_wishlist, remove_from_wishlist (blockwishlist), view_cart, begin_checkout,
// add_shipping_info, add_payment_info, purchase, sign_up (newsletter, account), generate_lead, view_promotion,
// select_promotion, and all of common.js.
// The order's number is told as the page prints it, with its label in front.
// @ts-check
import { builtIn, funnels } from "./common.js";

const currency = "[property='product:price:currency']@content";
const page = {
  item_id: "#product_page_product_id@value",
  item_name: "h1",
  price: ".current-price-value, .current-price span",
  currency,
};
const line = {
  item_id: "[data-id-product]@data-id-product",
  item_name: ".product-line-info .label",
  price: ".current-price .price",
};
const one = { ...line, quantity: 1 };
const add = "[data-button-action=add-to-cart]";
/** ps_shoppingcart asks for it only after the cart has taken the product. */
const added = "*/ps_shoppingcart/ajax*";
const total = ".cart-total .value";

/** @param {string} action */
const wishes = (action) => {
  const success = `*action=${action}*`;
  return [
    { selector: ".product-miniature .wishlist-button-add", success },
    {
      selector: ".wishlist-button-add:not(.product-miniature *)",
      success,
      item: page,
    },
  ];
};

export default {
  name: "prestashop",
  item: {
    card: ".product-miniature",
    item_id: "@data-id-product",
    item_name: ".product-title",
    price: ".price",
    currency,
  },
  track: {
    ...builtIn,
    view_item: { shown: "#product h1", item: page },
    add_to_cart: [
      { selector: `.product-miniature ${add}`, success: added },
      {
        selector: `${add}:not(.product-miniature *)`,
        success: added,
        item: page,
      },
      {
        selector:
          ".js-increase-product-quantity, .cart-item .bootstrap-touchspin-up",
        success: "*op=up*",
        item: one,
      },
    ],
    remove_from_cart: [
      {
        selector: "[data-link-action=delete-from-cart]",
        success: "*delete=1*",
        item: line,
      },
      {
        selector:
          ".js-decrease-product-quantity, .cart-item .bootstrap-touchspin-down",
        success: "*op=down*",
        item: one,
      },
    ],
    // One button for both: what it asks the server for tells which.
    add_to_wishlist: wishes("addProductToWishlist"),
    remove_from_wishlist: wishes("deleteProductFromWishlist"),
    view_cart: { shown: "#cart .cart-items", value: total },
    begin_checkout: { shown: "body#checkout", value: total },
    add_shipping_info: { form: "#js-delivery", value: total },
    add_payment_info: {
      selector: "#payment-confirmation button",
      value: total,
    },
    purchase: {
      shown: "#content-hook_order_confirmation",
      transaction_id: "#order-reference-value, #order-details li",
      value: ".total-value td + td, .font-weight-bold td + td",
    },
    sign_up: [
      {
        form: ".block_newsletter form",
        success: ".block_newsletter .alert-success",
        method: "newsletter",
      },
      {
        form: "#authentication #customer-form, #registration #customer-form",
        method: "account",
      },
    ],
    generate_lead: { form: ".contact-form form" },
    promotion: ".carousel-item a, a.banner",
  },
  funnels,
};
