import { markup } from "spoor/element";
import { itemOf, products } from "../products.js";

const tracker = document.querySelector("spoor-tracker");
tracker.config = {
  track: {
    promotion: ".offer",
    sign_up: {
      form: "#newsletter",
      success: ".thanks",
      method: "newsletter",
    },
  },
};
const { spoor } = tracker;

const saved = document.querySelector("output");
spoor.on("conversion", ({ name }) => {
  if (name === "add_to_wishlist")
    saved.textContent = Number(saved.textContent) + 1;
});

/** Returns an element with a text. */
function make(name, text, attributes = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes))
    element.setAttribute(key, value);
  return element;
}

for (const product of products) {
  const item = itemOf(product);
  const added = { ...item, quantity: 1 };
  const guide = make("button", "Sizes", { class: "guide" });
  guide.addEventListener("click", () => {
    spoor.track("size_guide_opened", { sku: product.id });
    guide.replaceWith("One size fits all.");
  });
  const card = make("li", "", { "data-sku": product.id });
  card.append(
    make("h2", product.name),
    make("p", `€${product.price.toFixed(2)}`),
    make("button", "Add to cart", {
      class: "cart",
      ...markup({ event: "add_to_cart", item: added }),
    }),
    make("button", "♥", {
      class: "heart",
      ...markup({ event: "add_to_wishlist", item }),
    }),
    guide,
  );
  document.querySelector("#products").append(card);
}

document.querySelector("#newsletter").addEventListener("submit", (event) => {
  event.preventDefault();
  event.target.replaceWith(make("p", "Thank you.", { class: "thanks" }));
});
