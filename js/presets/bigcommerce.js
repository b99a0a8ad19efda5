// BigCommerce: Cornerstone and the Stencil themes built on it, with the optimized one-page checkout.
//
// Known from Cornerstone's templates: components/products/card, list-item, price, product-view and add-to-cart,
// components/cart/content, preview and totals, components/common/wishlist-dropdown and subscription-form,
// components/carousel, pages/cart, pages/create-account, pages/contact-us; stencil-utils (/remote/v1/cart/add, /cart/update,
// and /cart.php, which is asked for only after the cart has taken the product); the ids and data-test of checkout-js.
//
// Covers: view_item (and quick view), view_item_list, select_item, add_to_cart (product page, list, plus in the cart),
// remove_from_cart (line, minus), add_to_wishlist, remove_from_wishlist, view_cart, begin_checkout, add_shipping_info,
// add_payment_info, purchase, sign_up (newsletter, account), generate_lead, view_promotion, select_promotion, and all of
// common.js. The checkout is reached where the script is placed on all pages (Script Manager).
// @ts-check
import { builtIn, funnels } from "./common.js";

const price =
  "[data-product-price-with-tax], [data-product-price-without-tax], .price--withTax, .price--withoutTax";
const page = {
  item_id: "[data-cart-item-add] [name=product_id]@value",
  item_name: ".productView-title",
  price: `.productView-price ${price.replaceAll(", ", ", .productView-price ")}`,
};
const line = {
  item_name: ".cart-item-name",
  // The unit's price; behind it, in a cell of the same classes, stands the line's.
  price: ".cart-item-title + .cart-item-info .cart-item-value",
};
const one = { ...line, quantity: 1 };
const updated = "*/cart/update*";

export default {
  name: "bigcommerce",
  item: {
    card: "article.card, .listItem",
    item_id: "@data-entity-id",
    item_name: ".card-title, .listItem-title",
    price,
  },
  track: {
    ...builtIn,
    select_item:
      ".card-figure__link, .card-title a, .listItem-title a, .listItem-figure a",
    view_item: { shown: ".productView", item: page },
    add_to_cart: [
      "[data-button-type=add-cart], a[href*='/cart.php?action=add']",
      { form: "[data-cart-item-add]", success: "/cart.php*", item: page },
      {
        selector: "[data-cart-update][data-action=inc]",
        success: updated,
        item: one,
      },
    ],
    remove_from_cart: [
      { selector: ".cart-remove", success: updated, item: line },
      {
        selector: "[data-cart-update][data-action=dec]",
        success: updated,
        item: one,
      },
    ],
    add_to_wishlist: { form: "[data-wishlist-add]", item: page },
    remove_from_wishlist: {
      form: "[action*=removewishlistitem]",
      item: {
        item_id: "[data-entity-id]@data-entity-id",
        item_name: ".card-title",
        price,
      },
    },
    view_cart: {
      shown: ".cart[data-cart-quantity]",
      value: ".cart-total-grandTotal",
    },
    begin_checkout: { url: "*/checkout" },
    add_shipping_info: {
      selector: "#checkout-shipping-continue",
      success:
        "[data-test=payment-form], .checkout-step--billing form, .checkout-step--payment form",
    },
    add_payment_info: { selector: "#checkout-payment-continue" },
    purchase: {
      url: "*/checkout/order-confirmation*",
      shown: "[data-test=order-confirmation-order-number-text]",
      transaction_id: "[data-test=order-confirmation-order-number-text] strong",
      value: "[data-test=cart-total] .cart-priceItem-value",
    },
    sign_up: [
      { form: "[action*='subscribe.php']", method: "newsletter" },
      { form: "[data-create-account-form]", method: "account" },
    ],
    generate_lead: { form: "[data-contact-form]" },
    promotion: "a[data-hero-slide], [data-hero-slide] a, .banners a",
  },
  funnels,
};
