// @ts-check
// Amounts are whole cents; they become text only here.

export const CURRENCY = "EUR";

const LOCALES = { en: "en-IE", de: "de-DE" };

/** "€1,299.00" on an English page, "1.299,00 €" on a German one. */
export function money(cents) {
  const language = document.documentElement.lang.slice(0, 2);
  return new Intl.NumberFormat(LOCALES[language] ?? LOCALES.en, {
    style: "currency",
    currency: CURRENCY,
  }).format(cents / 100);
}
