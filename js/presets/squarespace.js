// Squarespace Commerce on 7.0 (the classic store page) and 7.1 (both of its store pages).
//
// Known from the published pages' classes: `.ProductList-item`, `.product-list-item`, `.ProductItem`, `.product-detail`,
// `.sqs-add-to-cart-button[data-item-id]`, `.sqs-money-native`, `.cart-row` and `.cart-container`,
// `.newsletter-form-wrapper`, `.sqs-block-form`, `.sqs-block-image-button`; and from the requests
// /api/commerce/shopping-cart/entries and /api/form/SaveFormSubmission.
//
// Covers: view_item, view_item_list, select_item, add_to_cart (product page, product block, quick add), remove_from_cart,
// view_cart, begin_checkout, purchase, sign_up (newsletter), generate_lead, view_promotion, select_promotion, and all of
// common.js.
// Not covered: a wishlist, which Squarespace has not; shipping and payment, whose page loads no script of the shop; purchase
// is told where the checkout is on the shop's own domain and the script stands in the order confirmation's code injection.
// @ts-check
import { builtIn } from "./common.js";

const cards =
  ".ProductList-item, .product-list-item, .sqs-block-product, .grid-item";
const price = ".sqs-money-native, .product-price, .product-list-item-price";
const id = "[data-item-id]@data-item-id";
const button = ".sqs-add-to-cart-button, .product-add-to-cart button";
const page = {
  item_id: id,
  item_name: ".ProductItem-details-title, .product-title, h1",
  price: `.ProductItem-details .sqs-money-native, .product-detail .sqs-money-native, .product-price`,
  currency: "[property='product:price:currency']@content",
};
const line = {
  item_name: ".cart-row-title, .item-desc a",
  price: ".cart-row-price, .item-price",
};
const entries = "/api/commerce/shopping-cart/entries*";
const total = ".cart-subtotal-price, .subtotal .price";
const sent = "/api/form/SaveFormSubmission*";

export default {
  name: "squarespace",
  item: {
    card: cards,
    item_id: id,
    item_name:
      ".ProductList-title, .product-list-item-title, .grid-title, .product-title",
    price,
  },
  track: {
    ...builtIn,
    view_item: { shown: ".ProductItem, .product-detail", item: page },
    add_to_cart: [
      {
        selector: `:is(${cards}) :is(${button})`,
        success: entries,
      },
      {
        selector: `:is(.ProductItem, .product-detail) :is(${button})`,
        success: entries,
        item: page,
      },
    ],
    remove_from_cart: {
      selector: ".cart-row-remove, .item-remove, .cart-row .remove",
      success: entries,
      item: line,
    },
    view_cart: { url: "/cart", value: total },
    begin_checkout: {
      selector: ".cart-checkout-button, .checkout-button, .sqs-cart-checkout",
      value: total,
    },
    purchase: { url: "/checkout/order-confirmed*" },
    sign_up: {
      form: ".newsletter-form, .newsletter-form-wrapper form",
      success: sent,
      method: "newsletter",
    },
    generate_lead: {
      form: ".sqs-block-form form, .form-block form",
      success: sent,
    },
    promotion:
      ".sqs-block-image-button a, .sqs-announcement-bar-url, .banner a",
  },
  funnels: {
    checkout: ["view_item", "add_to_cart", "begin_checkout", "purchase"],
  },
};
