// Chromium, by Playwright.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

const CONTEXT = {
  viewport: { width: 1280, height: 800 },
  // Scrolling jumps: no spec has to wait for an animation.
  reducedMotion: "reduce",
  permissions: ["clipboard-read", "clipboard-write"],
};

const unlessMissing = (launching) =>
  launching.catch((cause) => {
    throw new Error(remedy("CHROMIUM"), { cause });
  });

/** Starts a browser of one's own. */
export const launchChromium = () => unlessMissing(playwright.launch(OPTIONS));

/** Opens the profile of a new visitor. */
export async function newContext(browser, address) {
  const context = await browser.newContext({ baseURL: address, ...CONTEXT });
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

/** Chromium, with a browser and a profile on disk for each visitor: one that may die, and begins again where it was. */
export const mortalChromium = {
  name: chromium.name,

  async visitor({ address }) {
    const profile = mkdtempSync(join(tmpdir(), "spoor-profile-"));
    let context;
    const begin = async () => {
      const options = { ...OPTIONS, ...CONTEXT, baseURL: address };
      context = await unlessMissing(
        playwright.launchPersistentContext(profile, options),
      );
      context.setDefaultTimeout(PATIENCE_MS);
    };
    const end = async () => {
      await context?.close();
      context = undefined;
    };
    /** Kills the processes of this browser that are of one type. */
    const kill = async (wanted) => {
      const cdp = await context.browser().newBrowserCDPSession();
      const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
      for (const { type, id } of processInfo)
        if (type === wanted) process.kill(id, "SIGKILL");
    };
    return {
      async openTab() {
        if (!context) await begin();
        const page = await context.newPage();
        const ordeals = {
          /** Cuts the browser off from every network, or joins it to them again. */
          setOffline: (offline) => context.setOffline(offline),
          /** Kills the processes that pages run in, this one's among them. */
          crash: async () => {
            const crashed = page.waitForEvent("crash");
            await kill("renderer");
            await crashed;
          },
          /** Kills the browser; the next tab starts it again, on the same profile. */
          killBrowser: async () => {
            const closed = context.waitForEvent("close");
            await kill("browser");
            await closed;
            context = undefined;
          },
        };
        return { ...tabOf(page), ordeals };
      },
      async leave() {
        await end();
        rmSync(profile, { recursive: true, maxRetries: 20 });
      },
    };
  },

  /** Nothing outlives a visitor. */
  async close() {},
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
