// Chromium, by Playwright.
import { chromium as playwright } from "playwright-core";
import { CHROMIUM_ARGS, remedy } from "../../../js/build/browser.mjs";
import { PATIENCE_MS } from "../eventually.mjs";

const OPTIONS = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    ...CHROMIUM_ARGS,
    // The share links lead to real sites: nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ],
};

/** Starts a browser of one's own. */
export const launchChromium = () =>
  playwright.launch(OPTIONS).catch((cause) => {
    throw new Error(remedy("CHROMIUM"), { cause });
  });

/** Opens the profile of a new visitor. */
export async function newContext(browser, address) {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: 1280, height: 800 },
    // Scrolling jumps: no spec has to wait for an animation.
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

let launched;

export const chromium = {
  name: "Chromium",

  async visitor({ address }) {
    launched ??= launchChromium();
    const context = await newContext(await launched, address);
    return {
      openTab: async () => tabOf(await context.newPage()),
      leave: () => context.close(),
    };
  },

  async close() {
    const browser = await launched?.catch(() => undefined);
    await browser?.close();
  },
};

function tabOf(page) {
  const said = [];
  const faults = [];
  page.on("console", (line) => said.push(line.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  return {
    said,
    faults,
    goto: (url) => page.goto(url),
    back: () => page.goBack({ waitUntil: "commit" }),
    reload: () => page.reload({ waitUntil: "commit" }),
    evaluate: (fn, arg) => page.evaluate(fn, arg),
    move: (x, y) => page.mouse.move(x, y),
    click: (x, y, times) => page.mouse.click(x, y, { clickCount: times }),
    async wheel(x, y, pixels) {
      await page.mouse.move(x, y);
      await page.mouse.wheel(0, pixels);
    },
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    close: () => page.close(),
  };
}
