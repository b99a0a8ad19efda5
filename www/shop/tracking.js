// What this shop asks spoor to recognise. The pages name nothing but their own markup: classes and data-* attributes.
(function () {
  const item = {
    item_id: "@data-sku",
    item_name: ".title",
    price: ".price",
  };

  window.spoor = window.spoor || [];
  window.spoor.push([
    "init",
    {
      collector: "/collect",
      site: "demo-shop",
      track: {
        select_item: { selector: ".card-link", item },
        add_to_cart: {
          selector: "[data-add-to-cart]",
          item: {
            ...item,
            item_variant: ".options :checked + span",
            quantity: 1,
          },
          value: ".price",
          currency: "@data-currency",
        },
        // A pressed heart takes the product off the list: that is no wish.
        add_to_wishlist: {
          selector: "[data-wishlist]:not([aria-pressed='true'])",
          item,
          value: ".price",
          currency: "@data-currency",
        },
        share: {
          selector: ".share [data-method]",
          params: {
            method: "@data-method",
            content_type: "=product",
            item_id: "@data-sku",
          },
        },
        begin_checkout: {
          selector: "[data-checkout]",
          value: "@data-value",
          currency: "@data-currency",
        },
        sign_up: {
          form: "#newsletter",
          success: "#newsletter [data-thanks]",
          method: "newsletter",
        },
        // Both forms are sent by a script, which then leads on.
        add_shipping_info: {
          form: "#shipping",
          success: "/shop/checkout-payment.html",
        },
        add_payment_info: { form: "#payment", success: "/shop/thanks.html" },
        video: {
          selector: "video.product-video",
          milestones: [10, 25, 50, 75, 90],
        },
        scroll: [25, 50, 75, 90],
      },
      heatmap: { clicks: true },
    },
  ]);
})();
