// Behaves as WooCommerce's add-to-cart.js, cart.js and checkout.js do.
const all = (selector, type, act) =>
  document
    .querySelectorAll(selector)
    .forEach((element) => element.addEventListener(type, act));

all(".ajax_add_to_cart", "click", async (event) => {
  event.preventDefault();
  const button = event.currentTarget;
  button.classList.remove("added");
  button.classList.add("loading");
  const answer = await fetch("/?wc-ajax=add_to_cart", {
    method: "POST",
    body: new URLSearchParams(button.dataset),
  });
  const { error, product_url } = await answer.json();
  if (error) return location.assign(product_url);
  button.classList.replace("loading", "added");
  const link =
    '<a href="/cart/" class="added_to_cart wc-forward">View cart</a>';
  button.insertAdjacentHTML("afterend", link);
});

all(".add_to_wishlist", "click", async (event) => {
  event.preventDefault();
  const button = event.currentTarget;
  await fetch("/wp-admin/admin-ajax.php", { method: "POST" });
  const box = button.closest(".yith-wcwl-add-to-wishlist");
  box.classList.add("exists");
  box.innerHTML =
    '<div class="yith-wcwl-wishlistaddedbrowse"><span class="feedback">Product added!</span></div>';
});

all(".product-remove .remove", "click", async (event) => {
  event.preventDefault();
  const link = event.currentTarget;
  await (await fetch(link.href)).text();
  link.closest("tr").remove();
});

all("form.woocommerce-checkout", "submit", async (event) => {
  event.preventDefault();
  const answer = await fetch("/?wc-ajax=checkout", { method: "POST" });
  location.assign((await answer.json()).redirect);
});

all(".remove_from_cart_button", "click", async (event) => {
  event.preventDefault();
  const link = event.currentTarget;
  await (await fetch("/?wc-ajax=remove_from_cart", { method: "POST" })).json();
  link.closest("li").remove();
});
