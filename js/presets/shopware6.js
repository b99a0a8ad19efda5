// Shopware 6 (6.4 to 6.6): the default Storefront and themes that extend it.
//
// Known from the Storefront's component/product/card/box-standard and action, component/buy-widget,
// page/product-detail, component/line-item (6.5) and page/checkout/cart (6.4), page/checkout/confirm, page/checkout/finish
// (`.finish-ordernumber[data-order-number]`), component/checkout/offcanvas-cart, component/account/register,
// element/cms-element-form, and the plugins AddToCart, OffCanvasCart, AddToWishlist and FormCmsHandler.
//
// Covers: view_item, view_item_list, select_item, add_to_cart (product page, list, plus in the cart), remove_from_cart
// (line, minus), add_to_wishlist, remove_from_wishlist, view_cart, begin_checkout, add_shipping_info, add_payment_info,
// purchase, sign_up (newsletter, account), generate_lead, view_promotion, select_promotion, and all of common.js.
// @ts-check
import { builtIn, funnels } from "./common.js";

const id = ".buy-widget [name$='[id]']@value";
const page = {
  item_id: `#productDetailPageBuyProductForm [name$='[id]']@value`,
  item_name: ".product-detail-name",
  price: ".product-detail-price",
  currency: "[itemprop=priceCurrency]@content",
};
const line = {
  item_id: "[data-product-id]@data-product-id",
  item_name: ".line-item-label, .cart-item-label",
  price:
    ".line-item-unit-price, .cart-item-price, .line-item-total-price-value",
};
const one = { ...line, quantity: 1 };
const wish = ".product-wishlist-action-circle, .product-wishlist-action";
const total = "dd.summary-total";

export default {
  name: "shopware6",
  item: {
    card: ".product-box",
    item_id: id,
    item_name: ".product-name",
    price: ".product-price",
  },
  track: {
    ...builtIn,
    view_item: { shown: ".product-detail-name", item: page },
    add_to_cart: [
      { form: ".product-box .buy-widget", success: ".alert-success" },
      {
        form: "#productDetailPageBuyProductForm",
        success: ".alert-success",
        item: page,
      },
      {
        selector: ".line-item .js-btn-plus, .cart-item .js-btn-plus",
        item: one,
      },
    ],
    remove_from_cart: [
      {
        form: "[action*='/line-item/delete']",
        success: "*/line-item/delete*",
        item: line,
      },
      {
        selector: ".line-item .js-btn-minus, .cart-item .js-btn-minus",
        item: one,
      },
    ],
    add_to_wishlist: [
      {
        selector: `.product-box :is(${wish})`,
        toggle: ".product-wishlist-added",
      },
      {
        selector: `:is(${wish}):not(.product-box *)`,
        toggle: ".product-wishlist-added",
        item: page,
      },
    ],
    view_cart: { shown: ".is-act-cartpage .checkout-product", value: total },
    begin_checkout: { selector: ".begin-checkout-btn", value: total },
    add_shipping_info: { selector: ".shipping-method-input", value: total },
    add_payment_info: { form: "#confirmOrderForm", value: total },
    purchase: {
      shown: ".finish-ordernumber",
      transaction_id: "@data-order-number",
      value: total,
      currency: ".hidden-line-items-information@data-currency",
    },
    sign_up: [
      {
        form: "[action$='/form/newsletter']",
        success: ".confirm-message",
        method: "newsletter",
      },
      {
        form: ".is-ctl-auth .register-form, .is-ctl-register .register-form[action$='/account/register']",
        method: "account",
      },
    ],
    generate_lead: {
      form: "[action$='/form/contact']",
      success: ".confirm-message",
    },
    promotion: ".cms-element-image a, .cms-element-image-slider a",
  },
  funnels,
};
