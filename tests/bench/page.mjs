// The shop page that every peer runs on: enough elements that a page-wide listener has something to do.
const CARDS = 120;

const card = (_, n) => `
<article class="card" data-sku="A${n}">
  <a href="#a${n}" id="a${n}"><h2>Article ${n}</h2></a>
  <p class="price">${(n + 1) * 3}.90</p>
  <p>One of many articles, <em>each</em> with a few words of text.</p>
  <button class="add-to-cart" type="button">Add to cart</button>
  <button data-wishlist type="button">Save</button>
</article>`;

/** Returns the page with these tags in its head. */
export const page = (tags) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Bench shop</title>
<link rel="icon" href="data:,">
<style>
  main { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1rem; }
  .card { border: 1px solid #ccc; padding: 1rem; }
</style>
${tags}
</head>
<body>
<header><h1>Bench shop</h1><form><input name="q" aria-label="Search"></form></header>
<main>${Array.from({ length: CARDS }, card).join("")}
</main>
</body>
</html>`;
