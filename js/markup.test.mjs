import assert from "node:assert/strict";
import { test } from "node:test";
import { amount } from "../src/web/price.js";
import { markup, paramsOf } from "./markup.js";

test("item and parameters become attributes", () => {
  assert.deepEqual(
    markup({
      event: "add_to_cart",
      item: { item_id: "A1", item_name: undefined, price: 19.9, quantity: 2 },
      params: { currency: "EUR", gift: true, note: null, list: [1] },
    }),
    {
      "data-spoor": "add_to_cart",
      "data-spoor-item_id": "A1",
      "data-spoor-price": "19.9",
      "data-spoor-quantity": "2",
      "data-spoor-currency": "EUR",
      "data-spoor-gift": "true",
    },
  );
});

test("who says no event gets no attributes", () => {
  for (const said of [undefined, null, {}, { event: "", item: { item_id: 1 } }])
    assert.deepEqual(markup(said), {});
});

test("a number is read again as the same, whatever the page's language", () => {
  for (const price of [
    0,
    5,
    1299,
    19.9,
    1.299,
    12.5,
    999.999,
    0.125,
    1299.5,
    3 * 9.9,
  ])
    for (const comma of [true, false]) {
      const said = markup({ event: "x", item: { price } })["data-spoor-price"];
      const read = amount(said, comma);
      assert.ok(
        Math.abs(read - price) < 1e-6,
        `${said}, comma ${comma}: ${read}`,
      );
    }
});

test("an item's price times its quantity is the event's value, where nothing else is said", () => {
  const item = { item_id: "A1", price: 10, quantity: 3, currency: "EUR" };
  const items = [{ item_id: "A1", price: 10, quantity: 3 }];
  for (const [params, value] of [
    [undefined, 30],
    [{ value: 5 }, 5],
  ])
    assert.deepEqual(paramsOf({ item, params }), {
      value,
      currency: "EUR",
      items,
    });
  assert.deepEqual(paramsOf({ params: { a: 1 } }), { a: 1 });
  assert.deepEqual(paramsOf({ item: { item_id: "A1" } }), {
    items: [{ item_id: "A1" }],
  });
});
