// The package as a shop's TypeScript takes it: what has to compile, and by `@ts-expect-error` what must not.
import {
  init,
  type AnyConversion,
  type Config,
  type Conversion,
  type EventItem,
  type Events,
  type Spoor,
} from "spoor";
import { init as stream } from "spoor/url";
import { segment } from "spoor/collectors";

declare module "spoor" {
  interface Events {
    size_guide_opened: { sku: string };
    lamp_switched: { on?: boolean };
  }
}

const item: EventItem = {
  item_id: "A1",
  item_name: "Lamp",
  item_brand: "Brandon",
  item_category: "Light",
  item_category5: "Red",
  item_variant: "red",
  price: 19.9,
  quantity: 2,
  coupon: "X",
  discount: 1,
  index: 0,
  shelf: "top",
};

const config: Config = {
  collector: ["/collect", segment({ url: "/segment", writeKey: "k" })],
  track: {
    add_to_cart: [".add", { form: "form.cart", method: "list" }],
    size_guide_opened: ".size-guide",
    not_declared: { seen: ".banner", share: 0.5 },
    video: { selector: "video", milestones: [50] },
    scroll: [50, 100],
    promotion: ".hero",
    rage_click: true,
    select_item: true,
  },
};
// @ts-expect-error a selector is a text
const wrongRule: Config = { collector: "/", track: { add_to_cart: 1 } };
// @ts-expect-error milestones are numbers
const wrongScroll: Config = { collector: "/", track: { scroll: ".page" } };
// @ts-expect-error the collector is required
const nowhere: Config = {};
// @ts-expect-error no such option
const misspelt: Config = { collector: "/", colector: "/" };
// @ts-expect-error no such preset
const noPreset: Config = { collector: "/", preset: "shop" };

async function shop() {
  const spoor: Spoor = await init(config);
  const same: Spoor = await stream(config);
  void same;

  spoor.track("add_to_cart", { currency: "EUR", value: 39.8, items: [item] });
  spoor.track("purchase", { transaction_id: "4711", tax: 3, items: [item] });
  spoor.track("view_cart");
  spoor.track("purchase", { loyalty: "gold" });
  // @ts-expect-error a value is a number
  spoor.track("add_to_cart", { value: "39.80" });
  // @ts-expect-error a price is a number
  spoor.track("add_to_cart", { items: [{ item_id: "A1", price: "19.90" }] });
  // @ts-expect-error items are a list
  spoor.track("purchase", { items: item });
  // @ts-expect-error parameters are an object
  spoor.track("view_cart", "A1");

  spoor.track("size_guide_opened", { sku: "A1" });
  spoor.track("lamp_switched");
  // @ts-expect-error a declared parameter is missing
  spoor.track("size_guide_opened");
  // @ts-expect-error a declared parameter is a text
  spoor.track("size_guide_opened", { sku: 1 });

  interface Own {
    level: number;
  }
  const own: Own = { level: 3 };
  spoor.track("not_declared");
  spoor.track("not_declared", own);
  spoor.track("not_declared", { any: ["thing"] });
  const name: string = "made_up";
  spoor.track(name, { a: 1 });
  // @ts-expect-error a name is a text
  spoor.track(1);

  const off: () => void = spoor.on("conversion", (conversion) => {
    if (conversion.name === "purchase") {
      const order: string | undefined = conversion.params.transaction_id;
      const price: number | undefined = conversion.params.items?.[0]?.price;
      const other: unknown = conversion.params.loyalty;
      // @ts-expect-error an order has no percentage
      const depth: number = conversion.params.percent_scrolled;
      return { order, price, other, depth };
    }
    switch (conversion.name) {
      case "scroll":
        return conversion.params.percent_scrolled?.toFixed();
      case "checkout_abandon":
        // @ts-expect-error no such reason
        return conversion.params.reason === "bored";
      case "size_guide_opened":
        return conversion.params.sku.length;
      // @ts-expect-error neither known nor declared
      case "not_declared":
    }
  });
  off();
  spoor.on("conversion", ({ name, params }: AnyConversion) => [name, params]);
  // @ts-expect-error nothing else is heard
  spoor.on("click", () => {});
  spoor.consent("granted");
  // @ts-expect-error no such answer
  spoor.consent("yes");
}

type Names = keyof Events;
const known: Names[] = ["add_to_cart", "page_view", "rage_click"];
const told: Conversion = { name: "share", params: { method: "facebook" } };
// @ts-expect-error a method is a word
const wrong: Conversion = { name: "share", params: { method: 1 } };
export { known, misspelt, noPreset, nowhere, shop, told, wrong };
export { wrongRule, wrongScroll };
