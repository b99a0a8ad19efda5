// `node tests/bench/profile.mjs [--least=1]`: what spoor's functions cost in a visit, by their names, who calls them first.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "../../js/build/build.mjs";
import { main, root } from "../../js/build/command.mjs";

/** How often the profiler looks, in microseconds: of what takes less, it sees a share. */
const INTERVAL_US = 100;
const MAX_NAME = 60;
/** What V8 tells beside functions. */
const IDLE = /^\((root|program|idle)\)$/;

async function profile() {
  const { values } = parseArgs({
    options: { least: { type: "string", default: "1" } },
  });
  await build();
  const { browsers, CHROMIUM_ARGS } =
    await import("../../js/build/browser.mjs");
  const { chromium } = await import("playwright-core");
  const { PEERS, SPOOR } = await import("./peers.mjs");
  const { startSink } = await import("./sink.mjs");
  const { visit, INPUTS } = await import("./visit.mjs");
  const { withTab } = await import("./tab.mjs");
  const spoor = PEERS.find(({ name }) => name === SPOOR);
  const peer = { ...spoor, assets: await named() };
  const sink = await startSink([peer]);
  const { CHROMIUM } = await browsers(["CHROMIUM"]);
  const window = await chromium.launch({
    executablePath: CHROMIUM,
    args: CHROMIUM_ARGS,
  });
  try {
    const told = await withTab(window, 1, async ({ page, cdp, settle }) => {
      const url = sink.url(peer);
      await page.goto(url, { waitUntil: "load" });
      await settle();
      await cdp.send("Profiler.enable");
      await cdp.send("Profiler.setSamplingInterval", { interval: INTERVAL_US });
      await cdp.send("Profiler.start");
      await visit(page, cdp);
      await settle();
      const stopped = await cdp.send("Profiler.stop");
      const lines = Object.fromEntries(
        peer.assets
          .filter(({ file }) => file.endsWith(".js"))
          .map(({ file, bytes }) => [url + file, `${bytes}`.split("\n")]),
      );
      return treeOf(stopped.profile, url, lines);
    });
    print(told, INPUTS, Number(values.least));
  } finally {
    await window.close();
    sink.stop();
  }
}

/** What js/start.js loads where all is on. */
const PARTS = ["behaviour.js", "heat.js", "gzip.js"];

/** The scripts before they are minified, and the Wasm that ships with the names of its twin's functions. */
async function named() {
  const { build: bundle } = await import("esbuild");
  const { pkg } = await import("../../js/build/wasm.mjs");
  const { join, split, SECTION } = await import("../../js/build/sections.mjs");
  const { names } = await import(pkg.glue);
  const whole = async (file, more) => {
    const { outputFiles } = await bundle({
      absWorkingDir: root,
      entryPoints: [`js/${file}`],
      bundle: true,
      write: false,
      format: "esm",
      external: ["./presets/*"],
      ...more,
    });
    return outputFiles[0].contents;
  };
  const mangled = { mangleProps: /^\$/, mangleCache: names };
  const script = Buffer.from(await whole("global.js", mangled));
  const wasm = readFileSync(pkg.wasm);
  const twin = split(readFileSync(pkg.named));
  const told = twin.filter(({ id }) => id === SECTION.custom);
  return [
    {
      file: "spoor.js",
      bytes: Buffer.from(`(()=>{${script}})();`),
    },
    ...(await Promise.all(
      PARTS.map(async (file) => ({
        file,
        bytes: Buffer.from(await whole(file)),
      })),
    )),
    { file: "spoor.wasm", bytes: join(wasm, [...split(wasm), ...told]) },
  ];
}

/** Returns the calls below spoor's outermost functions, equal ones as one: `{ name, self, total, calls }` in microseconds. */
function treeOf({ nodes, samples, timeDeltas }, url, lines) {
  const self = new Map();
  samples.forEach((id, n) =>
    self.set(id, (self.get(id) ?? 0) + Math.max(0, timeDeltas[n])),
  );
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const top = { name: "all", self: 0, total: 0, calls: new Map() };
  const walk = (id, into) => {
    const { callFrame, children = [] } = byId.get(id);
    const own =
      callFrame.url !== url &&
      (callFrame.url.startsWith(url) || callFrame.url.startsWith("wasm"));
    const inside = into !== top || own;
    const name = nameOf(callFrame, lines);
    let entry = into;
    if (inside && !IDLE.test(callFrame.functionName)) {
      entry = into.calls.get(name);
      if (!entry) {
        entry = { name, self: 0, total: 0, calls: new Map() };
        into.calls.set(name, entry);
      }
    }
    const spent = entry === top ? 0 : (self.get(id) ?? 0);
    const total = children.reduce((all, child) => {
      return all + walk(child, entry);
    }, spent);
    entry.self += spent;
    if (entry !== into) entry.total += total;
    return total;
  };
  top.total = walk(nodes[0].id, top);
  return top;
}

/** Of a function without a name, the line tells more that it begins on. */
const nameOf = ({ functionName, url, lineNumber }, lines) =>
  !functionName && lines[url]
    ? lines[url][lineNumber].trim().slice(0, MAX_NAME)
    : functionName.replace(/\[[0-9a-f]+\]/g, "");

function print(top, inputs, least) {
  const percent = (us) => (100 * us) / top.total;
  const perInput = (us) => (us / inputs).toFixed(2).padStart(8);
  console.log(`\n   total      self   µs per input, from ${least} % on\n`);
  const show = (entry, depth) => {
    if (percent(entry.total) < least) return;
    console.log(
      `${perInput(entry.total)}  ${perInput(entry.self)}   ${"  ".repeat(depth)}${entry.name}`,
    );
    for (const call of sorted(entry.calls.values())) show(call, depth + 1);
  };
  show(top, 0);

  const flat = new Map();
  const gather = (entry) => {
    flat.set(entry.name, (flat.get(entry.name) ?? 0) + entry.self);
    entry.calls.forEach(gather);
  };
  gather(top);
  console.log("\n    self   µs per input, by function\n");
  for (const [name, us] of [...flat].sort(([, a], [, b]) => b - a)) {
    if (percent(us) >= least) console.log(`${perInput(us)}   ${name}`);
  }
}

const sorted = (entries) => [...entries].sort((a, b) => b.total - a.total);

await main(profile);
