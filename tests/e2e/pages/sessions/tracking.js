// Everything that spoor recognises by itself, on the pages beside this file.
window.spoor = [
  [
    "init",
    {
      collector: "/collect",
      site: "demo-shop",
      item: {
        card: ".card",
        item_id: "@data-product-id",
        item_name: ".name",
        price: ".price",
      },
      track: {
        view_item: true,
        select_item: true,
        view_item_list: true,
        share: true,
        search: true,
        file_download: true,
        click: true,
        form: true,
        rage_click: true,
        dead_click: true,
        error_click: true,
        thrashed_cursor: true,
        quick_back: true,
        attention: true,
        scroll: true,
        video: true,
        promotion: "[data-promotion-id]",
        add_to_cart: "[data-buy]",
        add_to_wishlist: "[data-wish]",
        sign_up: {
          form: "#letters",
          success: "/e2e/sessions/api/letters",
          method: "newsletter",
        },
      },
      goals: [{ name: "size_guide_read", when: "/e2e/sessions/app/sizes" }],
      privacy: { query: ["q"] },
    },
  ],
];
