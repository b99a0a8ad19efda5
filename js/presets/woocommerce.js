// WooCommerce, classic templates (Storefront, Astra, OceanWP, Flatsome ...) and blocks (Twenty Twenty-Four, Product
// Collection, Cart and Checkout blocks).
//
// Known from woocommerce/templates/: content-product, loop/add-to-cart, loop/price, single-product/title and price,
// single-product/add-to-cart/simple and variable, cart/cart, cart/mini-cart, checkout/form-checkout, checkout/thankyou,
// myaccount/form-login; from assets/js/frontend/add-to-cart.js and cart.js (wc-ajax); from the blocks' ProductButton,
// CartLineItems, MiniCart and OrderConfirmation, which speak with the Store API (/wc/store/v1); from the templates of YITH
// Wishlist and TI Wishlist, MailPoet, Mailchimp for WordPress, Contact Form 7, WPForms and Gravity Forms.
//
// Covers: view_item, view_item_list, select_item, add_to_cart (product page, lists with and without AJAX, plus in the cart
// block), remove_from_cart (line, minus), add_to_wishlist, remove_from_wishlist, view_cart, begin_checkout,
// add_shipping_info, add_payment_info, purchase, sign_up (newsletter, account), generate_lead, view_promotion,
// select_promotion, and all of common.js.
// @ts-check
import { builtIn, funnels } from "./common.js";

const cards =
  "li.product, .product-small, .wc-block-product, .wc-block-grid__product";
const wish = ".add_to_wishlist, .tinvwl_add_to_wishlist_button";
const amount =
  ".price > .amount, .price ins .amount, .wc-block-components-product-price > .amount, .wc-block-components-product-price ins .amount, .wc-block-components-product-price__value";
const total =
  ".order-total .amount, .wc-block-components-totals-footer-item .wc-block-components-totals-item__value";
const page = {
  item_id: "form.cart [name=add-to-cart]@value",
  item_name: ".product_title, h1",
  price: amount,
};
const blockLine = {
  item_name: ".wc-block-components-product-name",
  price: amount,
};
const stored = "*/wc/store/*";

export default {
  name: "woocommerce",
  item: {
    card: cards,
    item_id: "[data-product_id]@data-product_id",
    item_name:
      ".woocommerce-loop-product__title, .wc-block-components-product-name, .wp-block-post-title, .wc-block-grid__product-title, h2, h3",
    price: amount,
  },
  track: {
    ...builtIn,
    select_item:
      "li.product a:not([href*=add-to-cart], [href*=add_to_wishlist], .added_to_cart), .wc-block-grid__product a:not([href*=add-to-cart])",
    view_item: { shown: ".single-product .product_title", item: page },
    add_to_cart: [
      {
        selector:
          ".add_to_cart_button[href*='add-to-cart='], button.add_to_cart_button",
        success: ".added_to_cart",
      },
      {
        form: "form.cart",
        success: ".added_to_cart, .woocommerce-message",
        item: page,
      },
      {
        selector:
          ".wc-block-cart-items__row .wc-block-components-quantity-selector__button--plus",
        success: stored,
        item: { ...blockLine, quantity: 1 },
      },
    ],
    remove_from_cart: [
      {
        selector: ".woocommerce-cart-form .product-remove .remove",
        success: "*remove_item=*",
        item: {
          item_id: "@data-product_id",
          item_name: "td.product-name a, td.product-name",
          price: "td.product-price .amount",
        },
      },
      {
        selector: ".remove_from_cart_button",
        success: "*wc-ajax=remove_from_cart*",
        item: {
          item_id: "@data-product_id",
          item_name: "a:not(.remove)",
          price: ".quantity .amount",
        },
      },
      {
        selector: ".wc-block-cart-item__remove-link",
        success: stored,
        item: blockLine,
      },
      {
        selector:
          ".wc-block-cart-items__row .wc-block-components-quantity-selector__button--minus",
        success: stored,
        item: { ...blockLine, quantity: 1 },
      },
    ],
    add_to_wishlist: [
      {
        selector: `:is(${cards}) :is(${wish})`,
        toggle: ".tinvwl-product-in-list",
      },
      {
        selector: `.summary :is(${wish})`,
        toggle: ".tinvwl-product-in-list",
        item: page,
      },
    ],
    remove_from_wishlist: {
      selector:
        ".remove_from_wishlist, .yith-wcwl-add-to-wishlist .delete_item",
      item: {
        item_id: "[data-row-id]@data-row-id",
        item_name: "td.product-name",
        price: "td.product-price .amount",
      },
    },
    view_cart: {
      shown: ".woocommerce-cart-form, .wc-block-cart__main",
      value: total,
    },
    begin_checkout: {
      shown: "form.woocommerce-checkout, .wc-block-checkout__form",
      value: total,
    },
    add_shipping_info: {
      selector:
        "input.shipping_method, .wc-block-components-shipping-rates-control input",
      value: total,
    },
    add_payment_info: {
      selector:
        "#place_order, .wc-block-components-checkout-place-order-button",
      value: total,
    },
    purchase: {
      shown:
        ".woocommerce-thankyou-order-details, .wc-block-order-confirmation-summary",
      transaction_id:
        ".woocommerce-order-overview__order strong, .wc-block-order-confirmation-summary-list-item__value",
      value:
        ".woocommerce-order-overview__total .amount, .wc-block-order-confirmation-totals__total .amount",
    },
    sign_up: [
      {
        form: ".mailpoet_form, .mc4wp-form",
        success: ".mailpoet_validate_success, .mc4wp-success",
        method: "newsletter",
      },
      { form: ".woocommerce-form-register", method: "account" },
    ],
    generate_lead: {
      form: ".wpcf7-form, .wpforms-form, .gform_wrapper form",
      success:
        ".wpcf7-form.sent, .wpforms-confirmation-container-full, .gform_confirmation_message",
    },
    promotion:
      ".wp-block-cover a, .wc-block-featured-product a, .wc-block-featured-category a, .banner a",
  },
  funnels,
};
