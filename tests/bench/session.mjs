// What a whole visit costs in script, per input, above the page without any SDK: the figure with a limit.
import { costsByCause, CAUSES } from "./causes.mjs";
import { withTab } from "./tab.mjs";
import { markdown, one, ratio } from "./table.mjs";
import { ADDED, INPUTS, VISIT, visit } from "./visit.mjs";

/** Script that spoor may cost per input, in a visit without CPU throttling. */
const MAX_US = 20;
/** On what Chromium traces calls of functions, and what called them. */
const TRACED = ["-*", "devtools.timeline"];

/** Resolves to the figures of one visit; `tracing` is where the browser traces it, which costs something itself. */
export function session(chromium, sink, peer, tracing = false) {
  return withTab(chromium, 1, async (tab) => {
    sink.bodies.length = 0;
    await tab.page.goto(sink.url(peer), { waitUntil: "load" });
    await tab.settle();
    const before = await tab.spent();
    if (tracing) {
      await chromium.startTracing(tab.page, { categories: TRACED });
    }
    await visit(tab.page, tab.cdp);
    await tab.settle();
    const trace = tracing && JSON.parse(await chromium.stopTracing());
    const after = await tab.spent();
    const { seen } = await tab.told();
    const fault = await astray(tab);
    await tab.leave();
    if (fault) throw new Error(fault);
    return {
      scriptMs: after.script - before.script,
      taskMs: after.task - before.task,
      moves: seen.pointermove,
      clicksTold: sink.clicksTold(peer),
      ...(trace && costsByCause(trace.traceEvents, sink.scriptOf(peer))),
    };
  });
}

/** Resolves to what of a visit the page has not seen, or to nothing. */
export async function astray({ page, told }) {
  const { seen } = await told();
  const added = Number(await page.textContent("#in-cart"));
  const missed = seen.click !== VISIT.clicks || added !== ADDED;
  if (missed || seen.keydown !== VISIT.keys)
    return `the visit went astray: ${JSON.stringify(seen)}, ${added} added to the cart, not ${ADDED}`;
}

const perInput = (ms) => (1000 * ms) / INPUTS;
const above = (row, key) => row.own[key] - row.bare[key];
const scriptUs = (row) => perInput(above(row, "scriptMs"));
const kept = (us) => (us <= MAX_US ? "kept" : "missed");
const unlessBare = (cell) => (row) => (row.own === row.bare ? "–" : cell(row));

const COLUMNS = [
  ["peer", ({ name }) => name],
  ["script ms", ({ own }) => one(own.scriptMs)],
  ["task ms", ({ own }) => own.taskMs.toFixed(0)],
  ["+script µs / input", unlessBare((row) => one(scriptUs(row)))],
  [
    "/ spoor's",
    unlessBare((row) =>
      row.spoor
        ? ratio(scriptUs(row), scriptUs({ ...row, own: row.spoor }))
        : "–",
    ),
  ],
  [
    "+task µs / input",
    unlessBare((row) => one(perInput(above(row, "taskMs")))),
  ],
  [`of ${MAX_US} µs`, unlessBare((row) => kept(scriptUs(row)))],
  ["moves seen", ({ own }) => own.moves.toFixed(0)],
  ["clicks told", unlessBare(({ own }) => own.clicksTold.toFixed(0))],
];

/** Writes the table of visits; see `markdown` for its rows. */
export const sessionTable = (rows) => markdown(rows, COLUMNS);

/** How many inputs share what a cause has cost; the others are shared by all. */
const SHARED = {
  move: VISIT.moves,
  click: VISIT.clicks,
  wheel: VISIT.ticks,
  key: VISIT.keys,
};

const TRACE_COLUMNS = [
  ["peer", ({ name }) => name],
  ...CAUSES.map((cause) => [
    cause in SHARED ? `µs / ${cause}` : `${cause}, µs / input`,
    ({ own }) => one((1000 * own[cause]) / (SHARED[cause] ?? INPUTS)),
  ]),
  [
    "all, µs / input",
    ({ own }) =>
      one(perInput(CAUSES.reduce((all, cause) => all + own[cause], 0))),
  ],
];

/** Writes what called a peer's functions in a traced visit. */
export const traceTable = (rows) => markdown(rows, TRACE_COLUMNS);

/** Says whether spoor keeps its limit. */
export function verdict([{ bare, spoor }]) {
  if (!spoor) return "";
  const us = scriptUs({ own: spoor, bare });
  return `spoor: ${one(us)} µs of script per input above the bare page, of ${MAX_US} µs: ${kept(us)}`;
}

/** Says what a visit is. */
export const ABOUT = `${VISIT.moves} moves, ${VISIT.clicks} clicks, ${VISIT.ticks} wheel ticks, ${VISIT.keys} keys`;
