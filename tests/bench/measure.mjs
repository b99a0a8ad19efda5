// Runs one peer once in a fresh browser context, and reads what Chromium says it cost.

const CLICKS = 100;
const MOVES = 600;
/** Peers put work off to timers: long enough for all of them to have started, or sent. */
const SETTLE_MS = 3500;

/** Automation is what some peers refuse to run under. */
const PLAIN_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

function prepare() {
  Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false });
  const bench = (window.bench = { moves: 0, clicks: 0, long: [] });
  const passive = { passive: true, capture: true };
  addEventListener("pointermove", () => (bench.moves += 1), passive);
  addEventListener("click", () => (bench.clicks += 1), passive);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) bench.long.push(duration);
  }).observe({ type: "longtask", buffered: true });
}

/** Resolves to the figures of one run; `slowdown` is the CPU throttling rate. */
export async function measure(chromium, sink, peer, slowdown) {
  const context = await chromium.newContext({
    userAgent: PLAIN_AGENT,
    viewport: { width: 1280, height: 800 },
  });
  try {
    const page = await context.newPage();
    await page.addInitScript(prepare);
    const cdp = await context.newCDPSession(page);
    await cdp.send("Performance.enable");
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    sink.bodies.length = 0;

    const blank = await metrics(cdp);
    await page.goto(sink.url(peer), { waitUntil: "load" });
    await page.waitForTimeout(SETTLE_MS);
    const loaded = await metrics(cdp);
    const long = await page.evaluate(() => window.bench.long);

    await click(page);
    await page.waitForTimeout(SETTLE_MS);
    const clicked = await metrics(cdp);
    await move(page);
    await page.waitForTimeout(SETTLE_MS);
    const moved = await metrics(cdp);

    const heap = await heapBytes(cdp);
    const { clicks, moves } = await page.evaluate(() => window.bench);
    // Leaving makes peers send what they still hold.
    await page.goto("about:blank");
    await page.waitForTimeout(SETTLE_MS / 4);
    return {
      loadScriptMs: loaded.script - blank.script,
      loadTaskMs: loaded.task - blank.task,
      longTasks: long.length,
      longMs: long.reduce((all, ms) => all + ms, 0),
      clickUs: (1000 * (clicked.script - loaded.script)) / clicks,
      moveUs: (1000 * (moved.script - clicked.script)) / moves,
      heapKib: heap.js / 1024,
      wasmKib: heap.wasm / 1024,
      requests: sink.bodies.length,
      sawClick: !peer.sawClick || sink.bodies.some(peer.sawClick),
    };
  } finally {
    await context.close();
  }
}

async function metrics(cdp) {
  const { metrics } = await cdp.send("Performance.getMetrics");
  const ms = (wanted) =>
    1000 * metrics.find(({ name }) => name === wanted).value;
  return { script: ms("ScriptDuration"), task: ms("TaskDuration") };
}

async function click(page) {
  const { mouse } = page;
  const targets = await page.$$eval("button", (buttons) =>
    buttons
      .map((button) => button.getBoundingClientRect())
      .filter(({ bottom }) => bottom < window.innerHeight)
      .map(({ x, y, width, height }) => [x + width / 2, y + height / 2]),
  );
  for (let n = 0; n < CLICKS; n++) {
    await mouse.click(...targets[n % targets.length]);
  }
}

async function move(page) {
  for (let n = 0; n < MOVES; n++) {
    await page.mouse.move(200 + ((n * 7) % 900), 150 + ((n * 5) % 500));
  }
}

/** Returns the bytes of live JS objects, and of the memories of Wasm modules, which the JS heap leaves out. */
async function heapBytes(cdp) {
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const evaluated = await cdp.send("Runtime.evaluate", {
    expression: "WebAssembly.Memory.prototype",
  });
  const { objects } = await cdp.send("Runtime.queryObjects", {
    prototypeObjectId: evaluated.result.objectId,
  });
  const sum = await cdp.send("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration:
      "function () { return this.reduce((all, m) => all + m.buffer.byteLength, 0); }",
    returnByValue: true,
  });
  return { js: usedSize, wasm: sum.result.value };
}
