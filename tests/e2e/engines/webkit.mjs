// WebKitGTK's MiniBrowser, by Selenium and WebKitWebDriver, on an X server without a screen.
//
// A driver holds one session, and a session is a visitor, so each visitor has a driver of their own: it is there in a second.
// It tells neither console lines nor uncaught errors: the pages do, so that the visitors of a stage share them.
import { spawn } from "node:child_process";
import { Builder, Key, Origin } from "selenium-webdriver";
import { remedy } from "../../../js/build/browser.mjs";
import { PATIENCE_MS, bounded, eventually } from "../eventually.mjs";
import { freePort } from "../port.mjs";

const XVFB_RUN = process.env.XVFB_RUN ?? "xvfb-run";
const WEBKIT_DRIVER = process.env.WEBKIT_DRIVER ?? "WebKitWebDriver";
const REMEDY = [remedy("WEBKIT_DRIVER"), remedy("XVFB_RUN")].join("\n");
const WIDTH = 1280;
const HEIGHT = 800;
/** Room for the window's own bars. */
const SCREEN = ["-a", "-s", `-screen 0 ${WIDTH}x${HEIGHT + 200}x24`];
/** Ends the driver with this process, however that ends; xvfb-run clears up as soon as its child has ended. */
const UNTIL_STDIN_ENDS = [
  ...["sh", "-c"],
  'command -v "$1" >/dev/null || exit; "$@" & read -r _; kill $!; wait',
  "sh",
];
const ENV = {
  ...process.env,
  // Where GTK looks for gtk-3.0/settings.ini.
  XDG_CONFIG_DIRS: import.meta.dirname,
  // No bus of a desktop is looked for.
  NO_AT_BRIDGE: "1",
};
const CAPABILITIES = {
  browserName: "MiniBrowser",
  timeouts: { script: PATIENCE_MS, pageLoad: PATIENCE_MS },
  "webkitgtk:browserOptions": {
    // Whatever is not on this machine is asked for at a port where nobody listens. It is no `proxy` of the session, since
    // MiniBrowser 2.50 reads past the end of that one's `noProxy`, and now and then dies of it.
    args: [
      "--automation",
      "--proxy=http://127.0.0.1:9",
      "--ignore-host=127.0.0.1",
    ],
  },
};
/** The first start on a machine gathers its fonts. */
const START_MS = 60_000;

export const webkit = {
  name: "WebKit",

  async visitor(front) {
    front.listening = true;
    const driver = await startDriver();
    try {
      const session = new Builder()
        .disableEnvironmentOverrides()
        .usingServer(driver.address)
        .withCapabilities(CAPABILITIES)
        .build();
      return {
        ...visitorOf(await bounded("WebKit", session, START_MS), front),
        async leave() {
          await bounded("end of WebKit", session.quit());
          await driver.stop();
        },
      };
    } catch (error) {
      await driver.stop();
      throw error;
    }
  },

  /** Nothing outlives a visitor. */
  async close() {},
};

async function startDriver() {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const command = [...UNTIL_STDIN_ENDS, WEBKIT_DRIVER, `--port=${port}`];
  const child = spawn(XVFB_RUN, [...SCREEN, ...command], {
    env: ENV,
    // Its own process group: Ctrl-C reaches it by the end of its input.
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  let over = false;
  const gone = new Promise((resolve) => {
    child.on("error", resolve);
    child.on("exit", resolve);
  }).then(() => (over = true));
  child.stdin.on("error", () => {});
  const stop = () => {
    child.stdin.end();
    return bounded("end of WebKitWebDriver", gone);
  };
  try {
    await eventually("WebKitWebDriver", async () => {
      if (over) throw new Error(REMEDY);
      return fetch(`${address}/status`).catch(() => undefined);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
}

function visitorOf(session, { said, faults }) {
  let last = Promise.resolve();
  let current;

  /** A session looks at one window at a time, so what is done in several is done one after the other. */
  function within(handle, work) {
    const done = last.then(async () => {
      if (handle !== current) await session.switchTo().window(handle);
      current = handle;
      return work();
    });
    last = done.catch(() => {});
    return done;
  }

  /** Opens a window; its viewport is what the window's bars leave. */
  async function openWindow() {
    if (current) await session.switchTo().newWindow("window");
    current = await session.getWindowHandle();
    const window = session.manage().window();
    await window.setRect({ x: 0, y: 0, width: WIDTH, height: HEIGHT });
    const height = await session.executeScript("return innerHeight");
    await window.setRect({
      x: 0,
      y: 0,
      width: WIDTH,
      height: HEIGHT + HEIGHT - height,
    });
    return current;
  }

  async function openTab() {
    const handle = await (last = last.then(openWindow));
    const act = (perform) =>
      within(handle, () => perform(session.actions({ async: true })).perform());
    const go = (work) => within(handle, () => work(session.navigate()));
    return {
      said,
      faults,
      goto: (url) => go((to) => to.to(url)),
      back: () => go((to) => to.back()),
      reload: () => go((to) => to.refresh()),
      evaluate: (fn, arg) =>
        within(handle, () =>
          session.executeScript(`return (${fn})(arguments[0])`, arg),
        ),
      move: (x, y) => act((hand) => hand.move(point(x, y))),
      click: (x, y, times) =>
        act((hand) => {
          hand.move(point(x, y));
          for (let i = 0; i < times; i++) hand.press().release();
          return hand;
        }),
      wheel: (x, y, pixels) =>
        act((hand) => hand.scroll(x, y, 0, pixels, Origin.VIEWPORT)),
      type: (text) => act((hand) => hand.sendKeys(text)),
      press: (key) => act((hand) => hand.sendKeys(keyNamed(key))),
      async close() {
        // With its last window the browser ends, and with it the requests under way: another one keeps it.
        await within(handle, async () => {
          const others = await session.getAllWindowHandles();
          if (others.length > 1) return;
          await session.switchTo().newWindow("window");
          await session.switchTo().window(handle);
        });
        await within(handle, async () => {
          await session.close();
          [current] = await session.getAllWindowHandles();
          await session.switchTo().window(current);
        });
      },
    };
  }

  return { openTab };
}

const point = (x, y) => ({ x, y, duration: 0, origin: Origin.VIEWPORT });

/** "ArrowDown" is Key.ARROW_DOWN; a key that writes something is that. */
function keyNamed(name) {
  const constant = name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
  return name.length === 1 ? name : Key[constant];
}
