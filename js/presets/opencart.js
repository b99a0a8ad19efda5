// OpenCart 3 and 4: the default theme and themes that keep its ids and handlers.
//
// Known from catalog/view: product/thumb (4) and product/category (3), product/product, checkout/cart and cart_list,
// common/cart, checkout/shipping_method, payment_method, confirm and success, account/register, account/wishlist,
// information/contact, common/home's carousels; common.js (`cart.add`, `wishlist.add`, `data-oc-toggle="ajax"`); the routes
// checkout/cart/add (3), checkout/cart|add and checkout/cart.add (4).
//
// Covers: view_item, view_item_list, select_item, add_to_cart (product page and list), remove_from_cart (page and header
// cart), add_to_wishlist, remove_from_wishlist, view_cart, begin_checkout, add_shipping_info, add_payment_info, purchase,
// sign_up (account), generate_lead, view_promotion, select_promotion, and all of common.js.
// Not covered: a newsletter form, which the default theme has not; the quantity in the cart, which is typed; an order's
// number and value, which the page after it does not show; the item's number in the lists of version 3, which stands only
// in a handler.
// @ts-check
import { builtIn, funnels } from "./common.js";

const price = ".price-new, .price";
const page = {
  item_id: "[name=product_id]@value",
  item_name: "#content h1",
  price: ".price-new, #content ul.list-unstyled h2",
};
const line = {
  item_name: ".text-left a, .text-start a, .text-wrap a",
  price: "td:nth-last-child(2)",
};
const added = ".alert-success";

export default {
  name: "opencart",
  item: {
    card: ".product-thumb",
    item_id: "[name=product_id]@value",
    item_name: "h4",
    price,
  },
  track: {
    ...builtIn,
    select_item: ".product-thumb .image a, .product-thumb h4 a",
    view_item: { shown: "#button-cart", item: page },
    add_to_cart: [
      {
        selector:
          "[onclick*='cart.add'], .product-thumb [formaction*='checkout/cart']",
        success: added,
      },
      { selector: "#button-cart", success: added, item: page },
    ],
    remove_from_cart: {
      selector:
        "[onclick*='cart.remove'], [formaction*='cart.remove'], [formaction*='cart|remove'], a[href*='cart.remove']",
      success: "*route=checkout/cart*remove*",
      item: line,
    },
    add_to_wishlist: [
      {
        selector:
          ".product-thumb [onclick*='wishlist.add'], .product-thumb [formaction*='account/wishlist']:not([formaction*=remove])",
        success: added,
      },
      {
        selector:
          "[onclick*='wishlist.add']:not(.product-thumb *), [formaction*='account/wishlist']:not([formaction*=remove], .product-thumb *)",
        success: added,
        item: page,
      },
    ],
    remove_from_wishlist: {
      selector:
        "[href*='account/wishlist'][href*='remove='], [formaction*='wishlist.remove'], [formaction*='wishlist|remove']",
      item: { item_id: "[name=product_id]@value", ...line },
    },
    view_cart: {
      url: "*route=checkout/cart*",
      value: "#checkout-total tr:last-child td:last-child",
    },
    begin_checkout: { url: "*route=checkout/checkout*" },
    add_shipping_info: {
      selector: "#button-shipping-method",
      success: "*route=checkout/shipping_method*save*",
    },
    add_payment_info: {
      selector: "#button-payment-method",
      success: "*route=checkout/payment_method*save*",
    },
    purchase: { url: "*route=checkout/success*" },
    sign_up: { url: "*route=account/success*", method: "account" },
    generate_lead: { url: "*route=information/contact*success*" },
    promotion: ".slideshow a, .carousel-item a",
  },
  funnels,
};
