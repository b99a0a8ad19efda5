// @ts-check
// The newsletter form: thanks the reader in place. The address goes nowhere.

import "./shell.js";

const form = document.querySelector("#newsletter");

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  form.reset();
  form.querySelector("[data-thanks]").removeAttribute("hidden");
});
