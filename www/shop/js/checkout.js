// @ts-check
// The three checkout steps, one page each. A step's form carries where it leads in data-next.

import "./shell.js";
import { money } from "./money.js";
import {
  amendDraft,
  deliveries,
  deliveryCents,
  draft,
  place,
} from "./order.js";
import { cartCents, cartLines, emptyCart } from "./store.js";
import { showSummary } from "./summary.js";

const form = document.querySelector("form[data-next]");

/** Each step: what it shows when opened, and what it does when sent. */
const steps = {
  contact: {
    open() {
      showSummary(cartLines());
    },
    send(fields) {
      const { name, email, street, postcode, town } = fields;
      amendDraft({ name, email, address: `${street}, ${postcode} ${town}` });
    },
  },
  shipping: {
    open() {
      showAddress();
      for (const name of Object.keys(deliveries)) {
        const price = deliveryCents(name, cartCents());
        form.querySelector(`[data-price="${name}"]`).textContent =
          price === 0 ? "free" : money(price);
      }
      const show = () => showSummary(cartLines(), chosenCents());
      form.addEventListener("change", show);
      show();
    },
    send({ delivery }) {
      amendDraft({ delivery });
    },
  },
  payment: {
    open() {
      showAddress();
      const { delivery } = draft();
      showSummary(cartLines(), deliveryCents(delivery, cartCents()));
      form.addEventListener("change", showCard);
      showCard();
    },
    send() {
      place();
      emptyCart();
    },
  },
};

function showAddress() {
  const { name, address } = draft();
  document.querySelector("[data-address]").textContent = `${name}, ${address}`;
}

const chosenCents = () =>
  deliveryCents(new FormData(form).get("delivery"), cartCents());

/** The card's fields are asked for only when a card pays. */
function showCard() {
  const fields = form.querySelector("[data-card]");
  fields.disabled = new FormData(form).get("method") !== "card";
  fields.hidden = fields.disabled;
}

const step = steps[form.id];
if (cartLines().length === 0) {
  location.replace("cart.html");
} else if (form.id !== "contact" && !draft().address) {
  location.replace("checkout.html");
} else {
  step.open();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    step.send(Object.fromEntries(new FormData(form)));
    location.assign(form.dataset.next);
  });
}
