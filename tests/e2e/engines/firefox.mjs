// Firefox, by Puppeteer over WebDriver BiDi.
import puppeteer from "puppeteer-core";
import { remedy } from "../../../js/build/browser.mjs";
import { PATIENCE_MS } from "../eventually.mjs";

const OPTIONS = {
  browser: "firefox",
  executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
  headless: true,
  defaultViewport: { width: 1280, height: 800 },
  extraPrefsFirefox: {
    // Scrolling jumps: no spec has to wait for an animation.
    "ui.prefersReducedMotion": 1,
    "general.smoothScroll": false,
    // A process that goes away with its last tab breaks off whatever script is running in it, so that it is a matter of luck
    // what a closed page still tells.
    "dom.abort_script_on_child_shutdown": false,
    // Whatever is not on this machine is asked for at a port where nobody listens.
    "network.proxy.type": 1,
    "network.proxy.socks": "127.0.0.1",
    "network.proxy.socks_port": 9,
  },
};

let launched;

export const firefox = {
  name: "Firefox",

  async visitor() {
    launched ??= launch();
    const context = await (await launched).createBrowserContext();
    return {
      openTab: async () => tabOf(await context.newPage({ type: "window" })),
      leave: () => context.close(),
    };
  },

  async close() {
    const browser = await launched?.catch(() => undefined);
    await browser?.close();
  },
};

const launch = () =>
  puppeteer.launch(OPTIONS).catch((cause) => {
    throw new Error(remedy("FIREFOX"), { cause });
  });

function tabOf(page) {
  const said = [];
  const faults = [];
  page.on("console", (line) => said.push(line.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.setDefaultTimeout(PATIENCE_MS);
  return {
    said,
    faults,
    goto: (url) => page.goto(url),
    // Puppeteer waits for a load event, of which there is none out of the back-forward cache.
    back: async () => void page.goBack().catch(() => {}),
    reload: async () => void page.reload().catch(() => {}),
    evaluate: (fn, arg) => page.evaluate(fn, arg),
    move: (x, y) => page.mouse.move(x, y),
    click: (x, y, times) => page.mouse.click(x, y, { count: times }),
    async wheel(x, y, pixels) {
      await page.mouse.move(x, y);
      await page.mouse.wheel({ deltaY: pixels });
    },
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    close: () => page.close(),
  };
}
