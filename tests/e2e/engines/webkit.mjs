// WebKitGTK's MiniBrowser, by Selenium and WebKitWebDriver, on an X server without a screen.
//
// A driver holds one session at a time, and a session is a visitor: one who comes while another is there has a driver of
// their own. Console lines and uncaught errors are not told by this driver.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Builder, Key, Origin } from "selenium-webdriver";
import { remedy } from "../../../js/build/browser.mjs";
import { PATIENCE_MS, bounded, eventually } from "../eventually.mjs";

const XVFB_RUN = process.env.XVFB_RUN ?? "xvfb-run";
const WEBKIT_DRIVER = process.env.WEBKIT_DRIVER ?? "WebKitWebDriver";
const WIDTH = 1280;
const HEIGHT = 800;
/** Room for the window's own bars. */
const SCREEN = ["-a", "-s", `-screen 0 ${WIDTH}x${HEIGHT + 200}x24`];
/** The shell becomes the driver, so that its number is the driver's: xvfb-run clears up only where its child has ended. */
const TELL_PID = ["sh", "-c", 'echo "$$"; exec "$@"', "sh"];
/** GTK's way of saying `prefers-reduced-motion`: scrolling jumps, and no spec has to wait for an animation. */
const GTK_SETTINGS = "[Settings]\ngtk-enable-animations=0\n";
/** Whatever is not on this machine is asked for at a port where nobody listens. */
const NOWHERE = "127.0.0.1:9";
const CAPABILITIES = {
  browserName: "MiniBrowser",
  timeouts: { script: PATIENCE_MS, pageLoad: PATIENCE_MS },
  proxy: {
    proxyType: "manual",
    httpProxy: NOWHERE,
    sslProxy: NOWHERE,
    noProxy: ["127.0.0.1"],
  },
};

const drivers = [];
const idle = [];

export const webkit = {
  name: "WebKit",

  async visitor() {
    const driver = idle.pop() ?? (await startDriver());
    const session = await bounded(
      "session of WebKit",
      new Builder()
        .disableEnvironmentOverrides()
        .usingServer(driver.address)
        .withCapabilities(CAPABILITIES)
        .build(),
    );
    const visitor = visitorOf(session);
    return {
      ...visitor,
      async leave() {
        await bounded("end of WebKit", session.quit());
        idle.push(driver);
      },
    };
  },

  async close() {
    for (const driver of drivers) await driver.stop();
  },
};

async function startDriver() {
  const folder = mkdtempSync(join(tmpdir(), "spoor-webkit-"));
  mkdirSync(join(folder, "gtk-3.0"));
  writeFileSync(join(folder, "gtk-3.0/settings.ini"), GTK_SETTINGS);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const command = [...TELL_PID, WEBKIT_DRIVER, `--port=${port}`];
  const child = spawn(XVFB_RUN, [...SCREEN, ...command], {
    env: {
      ...process.env,
      XDG_CONFIG_HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_CACHE_HOME: folder,
      // No bus of a desktop is looked for.
      NO_AT_BRIDGE: "1",
    },
    // Its own process group: Ctrl-C reaches it through `stop` alone.
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const gone = new Promise((resolve) => {
    child.on("error", resolve);
    child.on("exit", resolve);
  });
  let pid;
  const end = () => pid && process.kill(pid);
  process.once("exit", end);
  const driver = {
    address,
    async stop() {
      process.off("exit", end);
      end();
      await gone;
      await eventually("end of WebKit", () => removed(folder));
    },
  };
  let over = false;
  gone.then(() => {
    over = true;
    pid = undefined;
  });
  child.stdout.once("data", (line) => (pid = Number(line)));
  child.stdout.resume();
  await eventually("WebKitWebDriver", async () => {
    if (over) throw new Error(remedy("WEBKIT_DRIVER"));
    return pid && fetch(`${address}/status`).catch(() => undefined);
  });
  drivers.push(driver);
  return driver;
}

/** Says whether the folder is gone: the browser may still write into it while it ends. */
function removed(folder) {
  try {
    rmSync(folder, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

function visitorOf(session) {
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
      said: [],
      faults: [],
      goto: (url) => go((to) => to.to(url)),
      back: () => go((to) => to.back()),
      reload: () => go((to) => to.refresh()),
      evaluate: (fn, arg) =>
        within(handle, () =>
          session.executeScript(`return (${fn})(arguments[0])`, arg),
        ),
      move: (x, y) => act((hand) => hand.move(point(x, y))),
      click: (x, y) => act((hand) => hand.move(point(x, y)).press().release()),
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
        await within(handle, () => session.close());
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
