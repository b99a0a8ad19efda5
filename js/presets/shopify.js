// Shopify: Dawn and the themes built on it (Online Store 2.0: Craft, Sense, Refresh, Studio ...), Horizon's cards, and the
// themes before them (Debut, Brooklyn, Minimal, Simple).
//
// Known from Dawn's snippets/card-product, snippets/buy-buttons, snippets/price, snippets/cart-drawer,
// sections/main-product, sections/main-cart-items, sections/main-cart-footer, sections/image-banner, sections/slideshow,
// assets/product-form.js and assets/cart.js; Debut's sections/product-template and sections/cart-template; the Ajax API
// (/cart/add.js, /cart/change.js); the pages to which Shopify's forms lead (?customer_posted=true, ?contact_posted=true);
// the buttons of Swym Wishlist Plus.
//
// Covers: view_item, view_item_list, select_item, add_to_cart (product page, quick add, plus in the cart), remove_from_cart
// (line and minus), add_to_wishlist and remove_from_wishlist (Swym), view_cart (page and drawer), begin_checkout (button and
// "buy it now"), sign_up (newsletter, account), generate_lead, view_promotion, select_promotion, and all of common.js.
// Ends at the checkout: that is Shopify's own page, where no theme's script runs. add_shipping_info, add_payment_info and
// purchase are not told.
// @ts-check
import { builtIn } from "./common.js";

const cards =
  ".card-wrapper, product-card, .product-card, .grid-view-item, .grid-product, .grid-link";
const add = "form[action*='/cart/add']";
const price =
  ".price--on-sale .price-item--sale, .price:not(.price--on-sale) .price-item--regular, product-price .price, .grid-product__price, .grid-link__meta, [itemprop=price], #ProductPrice";
/** The variant: forms, cart lines and the wishlist's buttons all name it. */
const variant = `${add} [name=id]@value`;
const currency = "[property='og:price:currency']@content";
const inCard = `.quick-add ${add}, .product-card ${add}, product-card ${add}`;
const page = { item_id: variant, item_name: "h1", price, currency };
const line = {
  item_id: "[data-quantity-variant-id]@data-quantity-variant-id",
  item_name: ".cart-item__name, .cart__product-title, .cart__product-name",
  price:
    ".cart-item__details .product-option:not(s), .cart-item__prices .price:not(s), .cart__price, .cart__product-price",
};
const one = { ...line, quantity: 1 };
const heart =
  ".swym-add-to-wishlist, .swym-add-to-wishlist-view-product, [data-swaction=addToWishlist]";
const changed = "*/cart/change*";

export default {
  name: "shopify",
  item: {
    card: cards,
    item_id: variant,
    item_name:
      ".card__heading, .grid-view-item__title, .grid-product__title, .grid-link__title, .product-card__title, product-title, h3",
    price,
    currency,
  },
  track: {
    ...builtIn,
    view_item: { url: "*/products/*", shown: add, item: page },
    add_to_cart: [
      { form: inCard, success: "*/cart/add*" },
      {
        form: `${add}:not(.quick-add *, .product-card *, product-card *)`,
        success: "*/cart/add*",
        item: page,
      },
      {
        selector: ".cart-item [name=plus], .cart__qty--plus",
        success: changed,
        item: one,
      },
    ],
    remove_from_cart: [
      {
        selector:
          "cart-remove-button, a[href*='/cart/change'][href*='quantity=0']",
        success: changed,
        item: line,
      },
      {
        selector: ".cart-item [name=minus], .cart__qty--minus",
        success: changed,
        item: one,
      },
    ],
    add_to_wishlist: [
      { selector: `:is(${cards}) :is(${heart})`, toggle: ".swym-added" },
      {
        selector: `:is(${heart}):not(:is(${cards}) *)`,
        toggle: ".swym-added",
        item: page,
      },
    ],
    view_cart: [
      { url: "*/cart", value: ".totals__total-value, .cart-subtotal__price" },
      { shown: "cart-drawer.active .cart-item", value: ".totals__total-value" },
    ],
    begin_checkout: [
      {
        selector: "[name=checkout], a[href$='/checkout']",
        value: ".totals__total-value, .cart-subtotal__price, .cart__subtotal",
      },
      { selector: ".shopify-payment-button__button", item: page },
    ],
    sign_up: [
      { url: "*customer_posted=true*", method: "newsletter" },
      { form: "#create_customer, #RegisterForm", method: "account" },
    ],
    generate_lead: { url: "*contact_posted=true*" },
    promotion:
      ".banner a.button, .slideshow__slide a.button, .image-with-text a.button, .slideshow__link, .hero__btn",
  },
  funnels: { checkout: ["view_item", "add_to_cart", "begin_checkout"] },
};
