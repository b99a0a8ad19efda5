import assert from "node:assert/strict";
import { test } from "node:test";
import { amount, currency, writesComma } from "../src/web/price.js";

test("prices are read in the page's locale", () => {
  for (const [text, comma, value, code] of [
    ["1.299,00 €", true, 1299, "EUR"],
    ["€1,299.00", false, 1299, "EUR"],
    ["1 299,00 €", true, 1299, "EUR"],
    ["1 299,50 €", true, 1299.5, "EUR"],
    ["CHF 1'299.00", false, 1299, "CHF"],
    ["1’299.–", false, 1299],
    ["19,90", true, 19.9],
    ["19.90", true, 19.9],
    ["1.299", true, 1299],
    ["1.299", false, 1.299],
    ["1,299", false, 1299],
    ["1,299", true, 1.299],
    ["0,999", false, 0.999],
    ["12345.678", true, 12345.678],
    ["1.299.000", false, 1299000],
    ["£5", false, 5, "GBP"],
    ["$5.00", false, 5],
    ["US$5.00", false, 5, "USD"],
    ["R$ 49,90", true, 49.9, "BRL"],
    ["1 299,00 zł", true, 1299, "PLN"],
    ["12,- €", true, 12, "EUR"],
    ["-5,00 €", true, -5, "EUR"],
    ["−5,00 €", true, -5, "EUR"],
    ["Now €12.50, was €19.90", false, 12.5, "EUR"],
    ["from 1299 SEK", true, 1299, "SEK"],
    ["Preis: 49.", true, 49],
    ["EUROPA 7", true, 7],
    ["T-shirt 5 €", true, 5, "EUR"],
    ["€5 100 pieces", false, 5100, "EUR"],
    ["2 19.90", false, 2],
    ["1.299,- €", true, 1299, "EUR"],
  ]) {
    assert.equal(amount(text, comma), value, text);
    assert.equal(currency(text), code, text);
  }
});

test("what is no price is none", () => {
  for (const text of ["", "free", "€", ".,.", "12345678901234567890"])
    assert.equal(amount(text, false), undefined, text);
});

test("an amount written either way reads back", () => {
  for (let cents = 0; cents < 100_000_000; cents = cents * 3 + 7) {
    const [whole, rest] = [
      Math.floor(cents / 100),
      `${cents % 100}`.padStart(2, "0"),
    ];
    const grouped = (sign) => `${whole}`.replace(/\B(?=(\d{3})+$)/g, sign);
    for (const [text, comma] of [
      [`${whole},${rest} €`, true],
      [`${grouped(".")},${rest} €`, true],
      [`€${whole}.${rest}`, false],
      [`€${grouped(",")}.${rest}`, false],
    ])
      assert.equal(amount(text, comma), cents / 100, text);
  }
});

test("any text is read or refused", () => {
  let seed = 7;
  const next = (below) => (seed = (seed * 48271) % 2147483647) % below;
  for (let n = 0; n < 5000; n++) {
    const text = Array.from(
      { length: next(12) },
      () => "0159.,' ’-−€$a"[next(14)],
    ).join("");
    const value = amount(text, n % 2 > 0);
    assert.ok(value === undefined || Number.isFinite(value), text);
  }
});

test("decimals stand behind a comma where the language writes it so", () => {
  const comma =
    "af az be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr uk uz vi de-AT es-ES pt-BR";
  const point =
    "en en-GB en-ZA ja ko zh he th de-CH de-LI it-CH es-MX es-US es-PR es-GT";
  for (const language of comma.split(" "))
    assert.ok(writesComma(language), language);
  for (const language of [...point.split(" "), "", "not a language"])
    assert.ok(!writesComma(language), language);
});
