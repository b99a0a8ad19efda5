// Plays a session: real input, on the real collector, by a visitor of its own.
import { setTimeout as pause } from "node:timers/promises";
import { eventually, openStage, running } from "../e2e/stage.mjs";

/** What arrives later than this after the last tab was closed was not told. */
const SETTLED_MS = 2000;

/**
 * Plays `session` in `engine`. Its `visit` is called with the first tab, `open` (goes to a path, and waits for spoor there), `at`
 * (waits likewise for the page that a click leads to), `linger` (does nothing for some seconds, as a person does) and `stage`.
 * Resolves to `{ told, faults }`: the events at the collector, and uncaught errors of the first tab.
 */
export async function play(engine, session) {
  const undo = [];
  try {
    const stage = await openStage(
      { after: (step) => undo.push(step) },
      { engine },
    );
    stage.front.shop = (asked) => session.answer?.(asked, stage);
    const page = await stage.visitor();
    await session.visit(visitOf(stage, page));
    // Leaving by an address typed in.
    await page.goto("about:blank");
    return { told: await settled(stage), faults: page.faults };
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

const visitOf = (stage, page) => ({
  page,
  stage,
  async open(path, tab = page) {
    await tab.goto(path);
    await running(tab);
  },
  async at(path, tab = page) {
    await tab.reached(path);
    await running(tab);
  },
  linger: (seconds) => pause(seconds * 1000),
});

/** Resolves to what the collector holds once nothing more comes. */
function settled(stage) {
  let last = -1;
  return eventually("end of what is told", async () => {
    const events = await stage.events();
    if (events.length === last) return events;
    last = events.length;
    await pause(SETTLED_MS);
  });
}
