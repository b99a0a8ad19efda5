import { test } from "node:test";
import { assertEvents } from "./expect.mjs";
import { openStage, running } from "./stage.mjs";
import { waysIn } from "./ways-in.mjs";

const MUG = { item_id: "CR-M1", item_name: "Enamel Mug", price: 18.5 };

/** What is done last, and what has to arrive of it. */
const cases = [
  {
    what: "a marked-up link that leads away",
    last: (page) =>
      page.getByRole("link", { name: "See the Brandon 2" }).click(),
    arrives: [
      "select_promotion",
      { promotion_id: "winter-brandon", creative_slot: "hero" },
    ],
  },
  {
    what: "a link of a rule that leads away",
    last: (page) => page.getByRole("link", { name: "Enamel Mug" }).click(),
    arrives: ["select_item", { value: 18.5, currency: "EUR", items: [MUG] }],
  },
  {
    what: "a click after which the tab is closed",
    async last(page) {
      await page.getByRole("button", { name: "Add Enamel Mug" }).click();
      await page.close();
    },
    arrives: ["add_to_cart", { items: [{ ...MUG, quantity: 1 }] }],
  },
  {
    what: "a form that is sent before the tab is closed",
    async last(page) {
      const field = page.locator("#newsletter").getByRole("textbox");
      await field.fill("a@b.example");
      await field.press("Enter");
      await page.close();
    },
    arrives: ["sign_up", { method: "newsletter" }],
  },
];

for (const [name, takeIn] of Object.entries(waysIn)) {
  for (const { what, last, arrives } of cases) {
    test(`${name}: ${what} arrives`, async (t) => {
      const stage = await openStage(t);
      await takeIn(stage);
      const page = await stage.visitor();
      await page.goto("/shop/index.html");
      await running(page);
      await last(page);
      assertEvents(await stage.arrived(arrives[0]), [arrives]);
    });
  }
}
