// What this shop asks spoor to recognise. The pages name nothing but their own markup: classes and data-* attributes.
(function () {
  const item = {
    item_id: "@data-sku",
    item_name: ".title",
    price: ".price",
  };
  const worth = { value: ".price", currency: "@data-currency" };

  window.spoor = window.spoor || [];
  window.spoor.push([
    "init",
    {
      collector: "/collect",
      site: "demo-shop",
      // Lists need no rule of their own: what is in a card is described so.
      item: { card: ".card", ...item },
      track: {
        select_item: true,
        view_item_list: true,
        // A click on it is told by the markup of its link.
        view_promotion: {
          seen: ".hero",
          params: {
            promotion_id: "a@data-spoor-promotion_id",
            promotion_name: "a@data-spoor-promotion_name",
            creative_slot: "a@data-spoor-creative_slot",
          },
        },
        add_to_cart: {
          selector: "[data-add-to-cart]",
          item: {
            ...item,
            item_variant: ".options :checked + span",
            quantity: 1,
          },
          ...worth,
        },
        // A pressed heart takes the product off the list: that is told as remove_from_wishlist.
        add_to_wishlist: { selector: "[data-wishlist]", item, ...worth },
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
        attention: true,
        search: true,
        form: true,
        click: true,
        file_download: true,
        rage_click: true,
        dead_click: true,
        error_click: true,
        thrashed_cursor: true,
        quick_back: true,
      },
      funnels: {
        checkout: [
          "add_to_cart",
          "begin_checkout",
          "add_shipping_info",
          "add_payment_info",
          "purchase",
        ],
      },
      goals: [
        {
          name: "keen_on_film",
          when: { event: "video_progress", video_percent: 50 },
        },
        {
          name: "large_cart",
          when: { event: "begin_checkout", value: 500 },
          value: 20,
          currency: "EUR",
        },
      ],
      heatmap: { clicks: true, moves: true, hovers: true, attention: true },
    },
  ]);
})();
