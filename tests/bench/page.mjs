// The shop page that every peer runs on: enough elements that a page-wide listener has something to do, and that answers
// what is done as shops do.
const CARDS = 120;

const card = (_, n) => `
<article class="product-card" data-product-id="A${n}">
  <a href="#a${n}" id="a${n}"><h2>Article ${n}</h2></a>
  <p class="price">${(n + 1) * 3}.90</p>
  <p class="about">One of many articles, <em>each</em> with a few words of text.</p>
  <button class="add-to-cart" type="button">Add to cart</button>
  <button data-wishlist type="button" aria-pressed="false">Save</button>
</article>`;

/** What the shop itself does about clicks; a link shows its article in place, so that the visit stays on the page. */
function shop() {
  let inCart = 0;
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest(".product-card :is(a, button)");
    if (!pressed) return;
    if (pressed.matches(".add-to-cart")) {
      document.querySelector("#in-cart").textContent = inCart += 1;
    } else if (pressed.matches("[data-wishlist]")) {
      const saved = pressed.ariaPressed === "true";
      pressed.ariaPressed = String(!saved);
      pressed.textContent = saved ? "Save" : "Saved";
    } else {
      event.preventDefault();
      document.querySelector("#shown").textContent = pressed.textContent;
    }
  });
}

/** Returns the page with these tags in its head. */
export const page = (tags) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Bench shop</title>
<link rel="icon" href="data:,">
<style>
  body { margin: 0; }
  header { position: sticky; top: 0; background: #fff; display: flex; gap: 1rem; height: 5rem; overflow: hidden; }
  main { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1rem; }
  .product-card { border: 1px solid #ccc; padding: 1rem; }
</style>
${tags}
</head>
<body>
<header>
  <h1>Bench shop</h1>
  <form role="search"><input name="q" aria-label="Search"></form>
  <p><output id="in-cart">0</output> in the cart <output id="shown"></output></p>
</header>
<p class="promo"><a href="#a7">Every seventh article for less</a></p>
<main>${Array.from({ length: CARDS }, card).join("")}
</main>
<footer>
  <form id="newsletter"><input name="email" type="email" aria-label="E-mail"><button>Subscribe</button></form>
  <a href="https://www.facebook.com/sharer/sharer.php?u=bench">Share</a>
</footer>
<script>(${shop})();</script>
</body>
</html>`;
