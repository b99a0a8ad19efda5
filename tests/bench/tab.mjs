// A page in a fresh browser context, and what Chromium says that it has cost so far.

/** Peers put work off to timers: long enough for all of them to have started, or sent. */
const SETTLE_MS = 3500;

/** Automation is what some peers refuse to run under. */
const PLAIN_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

function prepare() {
  Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false });
  const bench = (window.bench = { long: [], seen: {} });
  for (const type of ["pointermove", "click", "wheel", "keydown"]) {
    bench.seen[type] = 0;
    const count = () => (bench.seen[type] += 1);
    addEventListener(type, count, { passive: true, capture: true });
  }
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) bench.long.push(duration);
  }).observe({ type: "longtask", buffered: true });
}

/** Resolves to what `work` makes of a tab; `slowdown` is the CPU throttling rate. */
export async function withTab(chromium, slowdown, work) {
  const context = await chromium.newContext({
    userAgent: PLAIN_AGENT,
    viewport: { width: 1280, height: 800 },
  });
  try {
    const page = await context.newPage();
    await page.addInitScript(prepare);
    const cdp = await context.newCDPSession(page);
    // The thread's own time: other programs on the machine are nothing that the page costs.
    await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    return await work({
      page,
      cdp,
      settle: () => page.waitForTimeout(SETTLE_MS),
      spent: () => spent(cdp),
      told: () => page.evaluate(() => window.bench),
      leave: () => leave(page),
    });
  } finally {
    await context.close();
  }
}

async function spent(cdp) {
  const { metrics } = await cdp.send("Performance.getMetrics");
  const ms = (wanted) =>
    1000 * metrics.find(({ name }) => name === wanted).value;
  return { script: ms("ScriptDuration"), task: ms("TaskDuration") };
}

/** Leaving makes peers send what they still hold. */
async function leave(page) {
  await page.goto("about:blank");
  await page.waitForTimeout(SETTLE_MS / 4);
}
