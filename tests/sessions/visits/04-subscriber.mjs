// Somebody wants letters: mistypes the address for the waiting list and gives that up, is let down by the newsletter's
// server, and tries once more.
import { page } from "../truth.mjs";

export default {
  name: "subscriber",

  answer({ path }, stage) {
    if (path !== "/e2e/sessions/api/letters") return;
    stage.asked = (stage.asked ?? 0) + 1;
    const status = stage.asked === 1 ? 500 : 200;
    return { status, type: "application/json", body: "{}" };
  },

  async visit({ page, open, linger }) {
    await open("/e2e/sessions/letters.html");
    await page.type("#waiting", "ann.example");
    await page.press("Enter");
    await linger(0.5);
    await page.press("Enter");
    await linger(0.8);
    await page.type("#mail", "ann@hill.example");
    await page.press("Enter");
    await page.waitFor(() => /again/.test(document.body.innerText));
    await linger(1.5);
    await page.click("#letters button");
    await page.waitFor(() => /Welcome/.test(document.body.innerText));
    await linger(1.5);
  },

  truth: [
    ...page(
      "/e2e/sessions/letters.html",
      [
        "form_start",
        { form_name: "waiting-list", first_field_name: "address" },
      ],
      [
        "form_abandon",
        {
          form_name: "waiting-list",
          last_field: "address",
          last_error: "address: typeMismatch",
        },
      ],
      ["form_start", { form_name: "letters", first_field_name: "mail" }],
      ["form_submit", { form_name: "letters" }],
      ["sign_up", { method: "newsletter" }],
    ),
  ],
};
