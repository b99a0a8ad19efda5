// Behaves as the cart block does, which asks the Store API.
const ask = () =>
  fetch("/wp-json/wc/store/v1/batch?_locale=site", { method: "POST" }).then(
    (answer) => answer.json(),
  );
const input = document.querySelector("input");
const steps = { minus: "stepDown", plus: "stepUp" };
for (const [name, step] of Object.entries(steps)) {
  document
    .querySelector(`.wc-block-components-quantity-selector__button--${name}`)
    .addEventListener("click", async () => {
      input[step]();
      await ask();
      document.body.dataset.quantity = input.value;
    });
}
document
  .querySelector(".wc-block-cart-item__remove-link")
  .addEventListener("click", async ({ target }) => {
    await ask();
    target.closest("tr").remove();
  });
