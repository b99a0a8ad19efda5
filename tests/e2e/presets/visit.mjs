// Plays a visit to one of the shops beside this file: its pages as the shop system draws them, its server's answers, and
// a person who clicks and types.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eventually, flush, running } from "../stage.mjs";

const PAGES = join(import.meta.dirname, "../pages/presets");
/** So long a finger stays on a button that it presses again and again. */
const PRESS_MS = 450;
/** What is the collector's, and no page or request of a shop. */
const OURS = /^\/(collect$|api\/events$|e2e\/|presets\/|spoor\.)/;

/** Makes the stage's front that shop, whose every page loads spoor as its owner would paste it in. */
export function openShop({ front, site }, shop, preset = shop.preset) {
  const init = { collector: "/collect", site, preset };
  const call = `window.spoor = [["init", ${JSON.stringify(init)}]]`;
  const tag = `<script>${call}</script><script async src="/spoor.js"></script>`;
  front.shop = (asked) => {
    if (OURS.test(asked.path)) return;
    const answer = shop.answer(asked);
    if (answer) return told(answer);
    const file = shop.pages[asked.url] ?? shop.pages[asked.path];
    if (!file) return;
    const path = join(PAGES, shop.preset, `${file}.html`);
    const html = readFileSync(path, "utf8").replace("</head>", `${tag}</head>`);
    return { type: "text/html; charset=utf-8", body: html };
  };
}

function told([status, body, location]) {
  if (typeof body === "string")
    return { status, type: "text/html", body, location };
  return { status, type: "application/json", body: JSON.stringify(body) };
}

/** Each does one thing that a visitor does, or waits for what the page shows or tells. */
const verbs = {
  async open(page, path) {
    await page.goto(path);
    await running(page);
  },
  async again(page) {
    await page.reload();
    await running(page);
  },
  /** Waits for the page that a click has led to. */
  async at(page, path) {
    await page.waitForURL((url) => url.pathname + url.search === path);
    if (await page.evaluate(() => "spoor" in window)) await running(page);
  },
  click: (page, selector) => page.locator(selector).first().click(),
  async loads(page, selector) {
    await Promise.all([
      page.waitForEvent("load"),
      page.locator(selector).first().click(),
    ]);
    await running(page);
  },
  /** Clicks one after another as a hand does: two within a moment would be a double click. */
  async tap(page, selector, times) {
    for (let i = 0; i < times; i++)
      await page.locator(selector).click({ delay: PRESS_MS });
  },
  async type(page, selector, text) {
    await page.locator(selector).fill("");
    await page.locator(selector).pressSequentially(text);
  },
  seen: (page, selector) =>
    page.locator(selector).first().waitFor({ state: "attached" }),
  gone: (page, selector) =>
    page.locator(selector).waitFor({ state: "detached" }),
  /** Waits until the page in view has told `name`: some come only after a while, and before nobody leaves. */
  async told(page, stage, name) {
    const [opened, here] = await page.evaluate(() => [
      performance.timeOrigin,
      location.pathname,
    ]);
    await eventually(name, async () => {
      await flush(page);
      const events = await stage.events();
      return events.some(
        (event) =>
          event.name === name && event.path === here && event.at >= opened,
      );
    });
  },
};

/** Plays the steps, each a verb and what it takes; a step that fails says which it was. */
export async function play(page, stage, steps) {
  for (const [index, [verb, ...args]] of steps.entries()) {
    try {
      const taken = verb === "told" ? [stage, ...args] : args;
      await verbs[verb](page, ...taken);
    } catch (cause) {
      const what = `step ${index}, ${[verb, ...args].join(" ")}`;
      throw new Error(`${what}: ${cause.message}`, { cause });
    }
  }
}
