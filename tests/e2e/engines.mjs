// The engines in which specs are played, behind one set of verbs. A spec for all of them:
//
//   import { test } from "node:test";
//   import { engines } from "./engines.mjs";
//   import { flush, openStage, running } from "./stage.mjs";
//
//   for (const engine of engines)
//     test(`a product is put into the cart in ${engine.name}`, async (t) => {
//       const stage = await openStage(t, { engine });
//       const page = await stage.visitor();
//       await page.goto("/shop/category.html");
//       await running(page);
//       await page.click('[data-sku="CR-M1"] [data-add-to-cart]');
//       await flush(page);
//       await stage.arrived("add_to_cart");
//     });
//
// Each visitor has a profile of their own. All input is the browser's own, so that its events are trusted, and every wait has
// an end. The verbs of a page are in hand.mjs: goto, reached, click, choose, type, press, hover, move, scroll, back, reload,
// waitFor, evaluate, text, url, newTab, close, and the lists `said` (console) and `faults` (uncaught errors).
//
// Firefox and WebKit keep pages in the back-forward cache; Playwright's Chromium has none. A tab that Firefox takes out of it
// may say its console lines a second time.
import { after } from "node:test";
import { chromium } from "./engines/chromium.mjs";
import { firefox } from "./engines/firefox.mjs";
import { webkit } from "./engines/webkit.mjs";

export const engines = [chromium, firefox, webkit];

after(() => Promise.all(engines.map((engine) => engine.close())));
