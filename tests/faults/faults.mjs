// `npm run faults [-- --peers --only=snowplow --case=503 --engine=firefox]`: what arrives of 1,000 events when something goes wrong.
import { parseArgs } from "node:util";
import { build } from "../../js/build/build.mjs";
import { main, seconds } from "../../js/build/command.mjs";

const ENGINES = {
  chromium: ["chromium.mjs", "mortalChromium"],
  firefox: ["firefox.mjs", "firefox"],
  webkit: ["webkit.mjs", "webkit"],
};

async function faults() {
  const { values } = parseArgs({
    options: {
      peers: { type: "boolean", default: false },
      only: { type: "string", default: "" },
      case: { type: "string", default: "" },
      engine: { type: "string", default: "chromium" },
    },
  });
  if (!ENGINES[values.engine])
    throw new Error(`--engine is one of ${Object.keys(ENGINES).join(", ")}`);
  await build();
  const { buildCollector } = await import("../../js/build/collector.mjs");
  await buildCollector();
  const { browsers } = await import("../../js/build/browser.mjs");
  Object.assign(process.env, await browsers());
  const [file, name] = ENGINES[values.engine];
  const engine = (await import(`../e2e/engines/${file}`))[name];
  const { CASES } = await import("./cases.mjs");
  const { PEERS, spoor } = await import("./sdks.mjs");
  const cases = CASES.filter(
    ({ name, only = engine.name }) =>
      name.includes(values.case) && only === engine.name,
  );
  if (!cases.length) throw new Error(`no case is called ${values.case}`);
  const { fullTable, sideBySide } = await import("./tables.mjs");
  const results = new Map();
  try {
    const all = values.peers || values.only ? [spoor, ...PEERS] : [spoor];
    for (const sdk of all.filter(({ name }) => name.includes(values.only))) {
      const rows = await playAll(cases, sdk, engine);
      console.log(`\n### ${sdk.name}, ${engine.name}\n\n${fullTable(rows)}`);
      results.set(sdk.name, rows);
    }
  } finally {
    await engine.close();
  }
  if (results.size > 1) console.log(`\n### All\n\n${sideBySide(results)}`);
  const broken = [...results.values()].flat().filter(({ failed }) => failed);
  if (broken.length)
    throw new Error(`not played: ${broken.map(({ name }) => name).join(", ")}`);
}

/** No case takes nearly as long, nor what is closed behind it. */
const MOST_MS = 10 * 60 * 1000;

async function playAll(cases, sdk, engine) {
  const { play } = await import("./play.mjs");
  const { bounded } = await import("../e2e/eventually.mjs");
  const rows = [];
  for (const one of cases) {
    const began = Date.now();
    const undo = [];
    try {
      const t = { after: (step) => undo.push(step) };
      const played = play(t, one, { sdk, engine });
      const counts = await bounded("end of the case", played, MOST_MS);
      rows.push({ name: one.name, ...counts });
    } catch (error) {
      rows.push({ name: one.name, failed: error.message });
      console.error(error);
    } finally {
      const undone = async () => {
        for (const step of undo.reverse()) await step();
      };
      await bounded("closing", undone(), MOST_MS).catch(console.error);
    }
    const took = seconds(Date.now() - began);
    process.stderr.write(`${sdk.name}, ${one.name}: ${took}\n`);
  }
  return rows;
}

await main(faults);
