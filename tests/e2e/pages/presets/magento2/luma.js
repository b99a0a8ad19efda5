// Behaves as Luma does: the add by AJAX with its message, links that post, the checkout's REST calls, the validation.
const all = (selector, type, act) =>
  document.querySelectorAll(selector).forEach((element) =>
    element.addEventListener(type, (event) => {
      event.preventDefault();
      act(element);
    }),
  );
const post = async (path, body) =>
  (await fetch(path, { method: "POST", body })).json();

all(
  "[data-role=tocart-form], #product_addtocart_form",
  "submit",
  async (form) => {
    const { backUrl } = await post(form.action, new FormData(form));
    const kind = backUrl ? "error" : "success";
    document.querySelector(".messages .messages").innerHTML =
      `<div class="message-${kind} ${kind} message" data-ui-id="message-${kind}"><div>Answered.</div></div>`;
  },
);

all("[data-post]", "click", (link) => {
  const { action } = JSON.parse(link.dataset.post);
  document.body.insertAdjacentHTML(
    "beforeend",
    `<form method="post" action="${action}"></form>`,
  );
  document.body.lastElementChild.submit();
});

all(".action.delete", "click", async (link) => {
  await post("/checkout/sidebar/removeItem/");
  link.closest("li").remove();
});

all("#co-shipping-method-form", "submit", async () => {
  await post("/rest/default/V1/guest-carts/abc/shipping-information");
  document.querySelector("#payment").hidden = false;
});

all("#co-payment-form", "submit", async () => {
  await post("/rest/default/V1/guest-carts/abc/payment-information");
  location.assign("/checkout/onepage/success/");
});

document
  .querySelector("#newsletter-validate-detail")
  ?.addEventListener("submit", (event) => {
    if (!event.target.email.value.includes("@")) event.preventDefault();
  });
