// Somebody begins to write to the shop, mistypes the address, mends it, and leaves in the middle of the message.
import { page } from "../truth.mjs";

export default {
  name: "writer",

  async visit({ page, open, at, linger }) {
    await open("/e2e/sessions/contact.html");
    await page.type("[name=name]", "Ann");
    await page.type("[name=mail]", "ann.example");
    await page.choose("[name=subject]", "Repair");
    // Too early: the browser says what is wrong.
    await page.click("button");
    await linger(0.6);
    await page.type("[name=mail]", "x@");
    await page.type("[name=message]", "My tent");
    await linger(1.5);
    await page.click("#away");
    await at("/e2e/sessions/gallery.html");
    await linger(1.5);
  },

  truth: [
    ...page(
      "/e2e/sessions/contact.html",
      ["form_start", { form_name: "contact", first_field_name: "name" }],
      ["form_abandon", { form_name: "contact", last_field: "message" }],
    ),
    ...page("/e2e/sessions/gallery.html", ["view_item"]),
  ],
};
