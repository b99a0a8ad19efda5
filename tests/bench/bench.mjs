// `npm run bench [-- --runs=3 --only=spoor --part=session]`: what spoor and its peers cost a page, side by side in Chromium.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "../../js/build/build.mjs";
import { main } from "../../js/build/command.mjs";

/** One unthrottled, one as a middling phone. */
const SLOWDOWNS = [1, 4];
/** What there is to measure: loads, clicks and moves apart; a whole visit; what a visitor feels of it; what a visit takes on the wire; a
 * flood of moves. */
const PARTS = {
  load: loads,
  session: sessions,
  vitals: feelings,
  wire: wires,
  flood: floods,
};

async function bench() {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "3" },
      only: { type: "string", default: "" },
      part: { type: "string", default: "" },
    },
  });
  const parts = Object.keys(PARTS).filter((part) => part.includes(values.part));
  if (!parts.length) throw new Error(`no part is called ${values.part}`);
  await build();
  const { browsers, CHROMIUM_ARGS, remedy } =
    await import("../../js/build/browser.mjs");
  const { chromium } = await import("playwright-core");
  const { PEERS } = await import("./peers.mjs");
  const { startSink } = await import("./sink.mjs");
  const wanted = ({ name, clicks }) => !clicks || name.includes(values.only);
  const peers = await Promise.all(PEERS.filter(wanted).map(withAssets));
  const { CHROMIUM } = await browsers(["CHROMIUM"]);
  if (!CHROMIUM) throw new Error(remedy("CHROMIUM"));
  const window = await chromium.launch({
    executablePath: CHROMIUM,
    args: [...CHROMIUM_ARGS, "--disable-dev-shm-usage"],
  });
  const sink = await startSink(peers);
  try {
    const broken = new Set();
    for (const part of parts) {
      const { only } = values;
      const runs = Number(values.runs);
      const rows = await PARTS[part](window, sink, peers, runs, only);
      for (const row of rows) if (row.broken) broken.add(row.name);
    }
    if (broken.size)
      throw new Error(`told no click: ${[...broken].join(", ")}`);
  } finally {
    await window.close();
    sink.stop();
  }
}

/** Gives a peer the files that its page loads, and their weight. */
async function withAssets(peer) {
  const { bundled } = await import("./script.mjs");
  const { weigh } = await import("../../js/build/size.mjs");
  const assets = (peer.files ?? []).map((file) => ({
    file,
    bytes: readFileSync(file),
  }));
  if (peer.source) {
    const bytes = await bundled(peer.source);
    assets.push({ file: peer.source, bytes });
  }
  const weights = assets.map(({ bytes }) => weigh(bytes).brotli);
  return { ...peer, assets, brotli: weights.reduce((a, b) => a + b, 0) };
}

async function loads(window, sink, peers, runs) {
  const { load, loadTable } = await import("./load.mjs");
  const all = [];
  for (const slowdown of SLOWDOWNS) {
    const speed =
      slowdown === 1 ? "no CPU throttling" : `CPU ${slowdown}x slower`;
    const once = (peer) => load(window, sink, peer, slowdown);
    const rows = await compare(speed, once, peers, runs);
    console.log(`\n### Loads: ${speed}, ${facts(runs, window)}\n`);
    console.log(loadTable(rows));
    all.push(...rows);
  }
  return all;
}

async function sessions(window, sink, peers, runs) {
  const { ABOUT, session, sessionTable, traceTable, verdict } =
    await import("./session.mjs");
  const apart = peers.filter(({ onlyLoads }) => !onlyLoads);
  const once = (peer) => session(window, sink, peer);
  const rows = await compare("visit", once, apart, runs);
  console.log(`\n### Visits: ${ABOUT}, ${facts(runs, window)}\n`);
  console.log(`${sessionTable(rows)}\n\n${verdict(rows)}`);

  const traced = (peer) => session(window, sink, peer, true);
  const scripts = apart.filter(({ clicks }) => clicks);
  const causes = [];
  for (const peer of scripts) {
    process.stderr.write(`traced visit: ${peer.name}\n`);
    causes.push({ name: peer.name, own: await traced(peer) });
  }
  console.log("\n### What called the script: one visit, traced\n");
  console.log(traceTable(causes));
  return rows;
}

async function feelings(window, _sink, peers, runs) {
  const { ABOUT, LOADS, paint, vitals, vitalsTable } =
    await import("./vitals.mjs");
  // Nobody counts here what they told.
  const apart = peers
    .filter(({ onlyLoads }) => !onlyLoads)
    .map((peer) => ({ ...peer, clicks: undefined }));
  const all = [];
  for (const slowdown of SLOWDOWNS) {
    const once = (peer) => vitals(window, peer, slowdown);
    await once(apart[0]);
    const load = (peer) => paint(window, peer, slowdown);
    const title = `vitals, ${slowdown}x`;
    const loads = await turns(title, load, apart, LOADS * runs);
    const visits = await turns(title, once, apart, runs);
    const rows = visits.map((row, n) => ({
      ...row,
      paints: loads[n].all.map(({ lcp }) => lcp),
    }));
    const device =
      slowdown > 1 ? `CPU ${slowdown}x slower, slow 4G` : "as it is";
    const heading = `${ABOUT}, ${device}, ${facts(runs, window)}`;
    console.log(`\n### Web vitals: ${heading}\n\n${vitalsTable(rows)}`);
    all.push(...rows);
  }
  return all;
}

async function wires(window, _sink, _peers, runs, only) {
  const { ABOUT, wire, WIRE_PEERS, wireNote, wireTable } =
    await import("./wire.mjs");
  const wanted = WIRE_PEERS.filter(({ name }) => name.includes(only));
  return telling(wanted, async (sink, peers) => {
    const once = (peer) => wire(window, sink, peer);
    const rows = await turns("wire", once, peers, runs);
    console.log(`\n### Wire: ${ABOUT}, ${facts(runs, window)}\n`);
    console.log(`${wireTable(rows)}\n\n${wireNote(rows)}`);
    return rows;
  });
}

async function floods(window, _sink, [bare], runs) {
  const { ABOUT, flood, floodTable } = await import("./flood.mjs");
  const { WIRE_PEERS } = await import("./wire.mjs");
  return telling([bare, WIRE_PEERS[0]], async (sink, peers) => {
    const once = (peer) => flood(window, sink, peer);
    const rows = await turns("flood", once, peers, runs);
    console.log(`\n### Flood: ${ABOUT}, ${facts(runs, window)}\n`);
    console.log(floodTable(rows));
    return rows;
  });
}

/** Resolves to what `work` makes of peers whose bodies are read, at a sink that answers as theirs do. */
async function telling(wanted, work) {
  const { REPLY } = await import("./wire.mjs");
  const { startSink } = await import("./sink.mjs");
  const peers = await Promise.all(wanted.map(withAssets));
  const sink = await startSink(peers, REPLY);
  try {
    return await work(sink, peers);
  } finally {
    sink.stop();
  }
}

const facts = (runs, window) =>
  `medians of ${runs}, Chromium ${window.version()}`;

/** Compares with the bare page, which is first, and with spoor. */
async function compare(title, once, peers, runs) {
  const { SPOOR } = await import("./peers.mjs");
  // The first page of a browser pays for the browser.
  await once(peers[0]);
  const rows = await turns(title, once, peers, runs);
  const bare = rows[0].own;
  const spoor = rows.find(({ name }) => name === SPOOR)?.own;
  return rows.map((row) => ({ ...row, bare, spoor }));
}

/** Peers take turns, so that a machine that gets slower does so for all of them. */
async function turns(title, once, peers, runs) {
  const { medians } = await import("./table.mjs");
  const results = new Map(peers.map((peer) => [peer, []]));
  for (let run = 0; run < runs; run++) {
    for (const peer of peers) {
      process.stderr.write(`${title}, run ${run + 1}: ${peer.name}\n`);
      results.get(peer).push(await once(peer));
    }
  }
  return [...results].map(([{ name, brotli, clicks, told }, all]) => ({
    name,
    brotli,
    all,
    own: medians(all),
    broken: (clicks ?? told) && all.some(({ clicksTold }) => !clicksTold),
  }));
}

await main(bench);
