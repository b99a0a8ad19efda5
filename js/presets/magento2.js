// Magento 2 and Adobe Commerce: Luma, Blank and their children, and Hyva's default theme with Luma's checkout.
//
// Known from Magento_Catalog's product/list.phtml, product/view/form.phtml, product/price/final_price.phtml and
// catalog-add-to-cart.js; Magento_Checkout's cart/form.phtml, cart/item/default.phtml, minicart templates, sidebar.js,
// onepage success.phtml and the REST calls of its checkout (shipping-information, payment-information);
// Magento_Wishlist's data-post links; Magento_Newsletter's subscribe.phtml; Magento_Customer's form/register.phtml;
// Magento_Contact's form.phtml; Page Builder's banner and slide; Hyva's product/list/item.phtml and its native forms.
//
// Covers: view_item, view_item_list, select_item, add_to_cart (product page and list), remove_from_cart (cart, mini cart),
// add_to_wishlist, remove_from_wishlist, view_cart, begin_checkout, add_shipping_info, add_payment_info, purchase, sign_up
// (newsletter, account), generate_lead, view_promotion, select_promotion, and all of common.js.
// Not covered: the quantity in the cart, which is typed; the steps of Hyva Checkout; an order's value, which the page after
// it does not show (a dataLayer push of GA4's `purchase` gives it).
// @ts-check
import { builtIn, funnels } from "./common.js";

const price =
  "[data-price-type=finalPrice] .price, .final-price .price, .price-final_price .price, [itemprop=price]";
const page = {
  item_id: "#product_addtocart_form [name=product]@value",
  item_name: "h1",
  price: `.product-info-main .price-final_price .price, ${price}`,
  currency: "[itemprop=priceCurrency]@content",
};
const added = ".message-success, .message.success";

export default {
  name: "magento2",
  item: {
    card: ".products .product-item, .wishlist .product-item",
    item_id: "[name=product]@value",
    item_name: ".product-item-link",
    price,
  },
  track: {
    ...builtIn,
    select_item: ".products .product-item-link, .products .product-item-photo",
    view_item: { shown: ".catalog-product-view h1", item: page },
    add_to_cart: [
      {
        form: ".products [data-role=tocart-form], form.product-item",
        success: added,
      },
      { form: "#product_addtocart_form", success: added, item: page },
    ],
    remove_from_cart: [
      {
        selector: ".cart.item .action-delete",
        item: {
          item_name: ".product-item-name",
          price: ".price .price, .cart-price",
        },
      },
      {
        selector: ".minicart-items .action.delete",
        success: "*/checkout/sidebar/removeItem*",
        item: { item_name: ".product-item-name", price: ".price" },
      },
    ],
    add_to_wishlist: [
      ".products [data-action=add-to-wishlist], .products [data-addto=wishlist]",
      {
        selector:
          ".product-info-main [data-action=add-to-wishlist], .product-info-main [data-addto=wishlist], #add-to-wishlist",
        item: page,
      },
    ],
    remove_from_wishlist: ".products-grid.wishlist [data-role=remove]",
    view_cart: {
      shown: ".checkout-cart-index .form-cart",
      value: ".grand.totals .price",
    },
    begin_checkout: {
      shown: ".checkout-index-index, .hyva_checkout-index-index",
    },
    add_shipping_info: {
      form: "#co-shipping-method-form",
      success: "*/shipping-information",
    },
    add_payment_info: {
      selector: ".payment-method .action.checkout",
      success: "*/payment-information",
    },
    purchase: {
      shown: ".checkout-success",
      transaction_id: ".order-number strong, .checkout-success p > span",
    },
    sign_up: [
      { form: "form.subscribe", method: "newsletter" },
      { form: ".form-create-account", method: "account" },
    ],
    generate_lead: { form: "form.contact" },
    promotion:
      "[data-content-type=banner] a, [data-content-type=slide] a, .blocks-promo a",
  },
  funnels,
};
