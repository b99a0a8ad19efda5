// Any other shop: what schema.org says of a page, and the names that shops use most. Also Wix Stores, by its data-hook names.
//
// Covers, as far as the markup goes by usual names: view_item, view_item_list, select_item, add_to_cart, remove_from_cart,
// add_to_wishlist, remove_from_wishlist, view_cart, begin_checkout, purchase, sign_up (newsletter, account), generate_lead,
// view_promotion, select_promotion, and all of common.js.
// A click on an add counts as it is made: which request a shop's cart answers is not known here. For a shop that is to be
// measured exactly, say the rules yourself; what you say wins.
// @ts-check
import { builtIn, funnels } from "./common.js";

const facts = {
  item_id: "[data-product-id]@data-product-id",
  item_name:
    "[itemprop=name], .product-title, .product-name, .product-card__title, [data-hook=product-item-name], h2, h3",
  price:
    "[itemprop=price], .sale-price, .price--sale, .price ins, .price, .product-price, [data-hook=product-item-price-to-pay]",
  currency: "[itemprop=priceCurrency]@content",
};
const total = ".order-total, .cart-total, .grand-total";
const at = (/** @type {string[]} */ ...paths) => paths.map((url) => ({ url }));

export default {
  name: "generic",
  item: {
    card: ".product-card, .product-item, .product-tile, .product-box, .product-grid-item, li.product, [data-product-card], [itemtype$='/ItemList'] [itemtype$='/Product'], [data-hook=product-list-grid-item]",
    ...facts,
  },
  track: {
    ...builtIn,
    add_to_cart:
      "[data-add-to-cart], [data-action=add-to-cart], .add-to-cart, .add-to-cart-button, .btn-add-to-cart, .addtocart, #add-to-cart, [name=add-to-cart], [data-hook=add-to-cart]",
    remove_from_cart: {
      selector:
        "[data-remove-from-cart], [data-action=remove-from-cart], .remove-from-cart, .cart-remove, .cart-item-remove, .cart-item__remove, [data-hook='CartItemDataHook.remove']",
      item: facts,
    },
    add_to_wishlist:
      "[data-add-to-wishlist], [data-wishlist], [data-action=add-to-wishlist], .add-to-wishlist, .wishlist-button, .btn-wishlist",
    remove_from_wishlist: ".remove-from-wishlist, [data-remove-from-wishlist]",
    view_cart: at(
      "*/cart",
      "*/cart/",
      "*/basket",
      "*/cart-page",
      "*/cart.html",
    ),
    begin_checkout: {
      selector:
        "[name=checkout], #checkout, .checkout-button, .btn-checkout, .proceed-to-checkout, a[href$='/checkout'], a[href$='/checkout/'], [data-hook='CheckoutButtonDataHook.button']",
      value: total,
    },
    purchase: at(
      "*/thank-you*",
      "*/thank_you*",
      "*/thankyou*",
      "*/order-confirmation*",
      "*/order-confirmed*",
      "*/order-received*",
      "*/checkout/success*",
    ).map((rule) => ({
      ...rule,
      transaction_id: "[data-order-id]@data-order-id",
      value: total,
    })),
    sign_up: [
      {
        form: "[action*=newsletter], [action*=subscribe], [action*='list-manage.com'], [id*=newsletter], [class*=newsletter], .newsletter form",
        method: "newsletter",
      },
      {
        form: "[action*=register], [action*=signup], [id*=register]",
        method: "account",
      },
    ],
    generate_lead: {
      form: "[action*=contact], [id*=contact], .contact-form, .contact-form form",
    },
    promotion: ".hero a, .banner a, .slideshow a, .promo a, [data-promotion]",
  },
  funnels,
};
