// Behaves as Dawn's product-form.js and cart.js do, and Swym's heart: the same requests, the same changes of the page.
const DEBOUNCE_MS = 300;

document.querySelectorAll("product-form form").forEach((form) =>
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[name=add]");
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    const answer = await fetch("/cart/add", {
      method: "POST",
      body: new FormData(form),
    });
    const { status } = await answer.json();
    if (status) {
      form.querySelector(".sold-out-message").hidden = false;
      return;
    }
    button.removeAttribute("aria-disabled");
    const notice = document.querySelector("cart-notification, cart-drawer");
    notice.hidden = false;
    notice.classList.add("active");
  }),
);

document
  .querySelectorAll(".swym-button")
  .forEach((heart) =>
    heart.addEventListener("click", () => heart.classList.toggle("swym-added")),
  );

const change = async (quantity) => {
  const answer = await fetch("/cart/change", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ line: 1, quantity }),
  });
  await answer.json();
  document.body.dataset.quantity = quantity;
  if (!quantity) document.querySelector(".cart-item").remove();
};
let waiting;
document.querySelectorAll("quantity-input button").forEach((button) =>
  button.addEventListener("click", () => {
    const input = button.parentElement.querySelector("input");
    button.name === "plus" ? input.stepUp() : input.stepDown();
    clearTimeout(waiting);
    waiting = setTimeout(() => change(+input.value), DEBOUNCE_MS);
  }),
);
document
  .querySelector("cart-remove-button")
  ?.addEventListener("click", (event) => {
    event.preventDefault();
    change(0);
  });
