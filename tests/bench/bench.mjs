// `npm run bench [-- --runs=3 --only=spoor]`: what spoor and its peers cost a page, side by side in Chromium.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "../../js/build/build.mjs";
import { main, root } from "../../js/build/command.mjs";

/** One unthrottled, one as a middling phone. */
const SLOWDOWNS = [1, 4];

async function bench() {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "3" },
      only: { type: "string", default: "" },
    },
  });
  await build();
  const { browsers, CHROMIUM_ARGS, remedy } =
    await import("../../js/build/browser.mjs");
  const { chromium } = await import("playwright-core");
  const { PEERS } = await import("./peers.mjs");
  const { startSink } = await import("./sink.mjs");
  const wanted = ({ name, sawClick }) =>
    !sawClick || name.includes(values.only);
  const peers = await Promise.all(PEERS.filter(wanted).map(withAssets));
  const { CHROMIUM } = await browsers(["CHROMIUM"]);
  if (!CHROMIUM) throw new Error(remedy("CHROMIUM"));
  const window = await chromium.launch({
    executablePath: CHROMIUM,
    args: [...CHROMIUM_ARGS, "--disable-dev-shm-usage"],
  });
  const sink = await startSink(peers);
  try {
    let broken = [];
    for (const slowdown of SLOWDOWNS) {
      const runs = Number(values.runs);
      const rows = await compare(window, sink, peers, slowdown, runs);
      await print(rows, slowdown, runs, window.version());
      broken = broken.concat(rows.filter((row) => row.broken));
    }
    if (broken.length) {
      const names = new Set(broken.map(({ name }) => name));
      throw new Error(`sent no click: ${[...names].join(", ")}`);
    }
  } finally {
    await window.close();
    sink.stop();
  }
}

/** Gives a peer the files that its page loads, and their weight. */
async function withAssets(peer) {
  const { build: bundle } = await import("esbuild");
  const { weigh } = await import("../../js/build/size.mjs");
  const assets = (peer.files ?? []).map((file) => ({
    file,
    bytes: readFileSync(file),
  }));
  if (peer.source) {
    const { outputFiles } = await bundle({
      absWorkingDir: root,
      entryPoints: [peer.source],
      bundle: true,
      minify: true,
      write: false,
      format: "iife",
      target: "es2020",
      legalComments: "none",
    });
    assets.push({ file: peer.source, bytes: outputFiles[0].contents });
  }
  const weights = assets.map(({ bytes }) => weigh(bytes).brotli);
  return { ...peer, assets, brotli: weights.reduce((a, b) => a + b, 0) };
}

/** Peers take turns, so that a machine that gets slower does so for all of them. */
async function compare(window, sink, peers, slowdown, runs) {
  const { measure } = await import("./measure.mjs");
  const { medians } = await import("./table.mjs");
  const results = new Map(peers.map((peer) => [peer, []]));
  // The first page of a browser pays for the browser.
  await measure(window, sink, peers[0], slowdown);
  for (let run = 0; run < runs; run++) {
    for (const peer of peers) {
      process.stderr.write(`${slowdown}x, run ${run + 1}: ${peer.name}\n`);
      results.get(peer).push(await measure(window, sink, peer, slowdown));
    }
  }
  return [...results].map(([{ name, brotli }, all]) => ({
    name,
    brotli,
    own: medians(all),
    broken: all.some(({ sawClick }) => !sawClick),
  }));
}

async function print(rows, slowdown, runs, version) {
  const { table } = await import("./table.mjs");
  const speed =
    slowdown === 1 ? "no CPU throttling" : `CPU ${slowdown}x slower`;
  console.log(`\n### ${speed}: medians of ${runs}, Chromium ${version}\n`);
  console.log(table(rows, "spoor, script tag"));
}

await main(bench);
