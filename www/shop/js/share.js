// @ts-check
// The share row of a product page: fills in the links and copies the page's address.

import { say } from "./shell.js";

const words = document.body.dataset;

const targets = {
  facebook: ({ url }) => `https://www.facebook.com/sharer/sharer.php?u=${url}`,
  x: ({ url, title }) => `https://x.com/intent/post?url=${url}&text=${title}`,
  whatsapp: ({ url, title }) => `https://wa.me/?text=${title}%20${url}`,
  pinterest: ({ url, title }) =>
    `https://www.pinterest.com/pin/create/button/?url=${url}&description=${title}`,
  email: ({ url, title }) => `mailto:?subject=${title}&body=${url}`,
};

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say(words.sayCopied);
  } catch {
    // No clipboard without permission or https: show the address to be copied by hand.
    say(text);
  }
}

const address = `${location.origin}${location.pathname}`;
const page = {
  url: encodeURIComponent(address),
  title: encodeURIComponent(document.title),
};

for (const link of document.querySelectorAll(".share a[data-method]")) {
  link.setAttribute("href", targets[link.dataset.method](page));
}

document
  .querySelector(".share button[data-method]")
  ?.addEventListener("click", () => copy(address));
