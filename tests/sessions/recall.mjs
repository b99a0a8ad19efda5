// `npm run recall`: plays the labelled sessions, and tells how much of what happened was told, and how much told did happen.
// `--engine=firefox` or `--engine=webkit` plays them there, `--only=buyer` one of them, `--told` prints all that was told.
import { play } from "./play.mjs";
import { score, tally } from "./score.mjs";
import { sessions } from "./sessions.mjs";

/** Sessions played at one time: they wait, as people do, most of theirs. */
const AT_ONCE = 3;

/** Events that may fall under 1, and why. */
export const EXCUSED = new Map([]);

/** Plays `list` in `engine`; resolves to a score per session, with all that was `told`. */
export async function recall(engine, list) {
  const waiting = [...list];
  const scores = [];
  const work = async () => {
    for (let session; (session = waiting.shift());) {
      const fail = (cause) => {
        throw new Error(`${session.name}: ${cause.message}`, { cause });
      };
      const { told, faults } = await play(engine, session).catch(fail);
      const { name, truth } = session;
      scores.push({ name, told, faults, ...score(told, truth) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return list.map(({ name }) => scores.find((score) => score.name === name));
}

/** Returns the table, then a line for each miss and each false alarm. */
export function report(scores) {
  const lines = [line("event", "told", "true", "precision", "recall")];
  for (const { event, told, true: happened, precision, recall } of tally(
    scores,
  )) {
    const shares = [precision, recall].map((share) => share.toFixed(2));
    lines.push(line(event, told, happened, ...shares));
  }
  for (const { name, misses, alarms } of scores) {
    const say = ([event, facts]) =>
      `${event} ${JSON.stringify(facts ?? {})} in ${name}`;
    lines.push(...misses.map((miss) => `missed: ${say(miss)}`));
    lines.push(...alarms.map((alarm) => `false alarm: ${say(alarm)}`));
  }
  return lines.join("\n");
}

const line = (event, ...numbers) =>
  event.padEnd(20) + numbers.map((n) => String(n).padStart(10)).join("");

/** Returns the events under 1 that nothing excuses. */
export const failing = (scores) =>
  tally(scores)
    .filter(({ event }) => event !== "all" && !EXCUSED.has(event))
    .filter(({ precision, recall }) => precision < 1 || recall < 1)
    .map(({ event }) => event);

function printTold({ name, told, faults }) {
  console.log(name, faults);
  for (const { name, path, params } of told)
    console.log("  ", name, path, JSON.stringify(params));
}

async function main() {
  const option = (name) =>
    process.argv
      .find((arg) => arg.startsWith(`--${name}=`))
      ?.slice(name.length + 3);
  const wanted = option("engine") ?? "chromium";
  // Not by engines.mjs, which is for specs: it makes one of whatever loads it.
  const { [wanted]: engine } = await import(`../e2e/engines/${wanted}.mjs`);
  const only = option("only") ?? "";
  try {
    const list = sessions.filter(({ name }) => name.includes(only));
    const scores = await recall(engine, list);
    if (process.argv.includes("--told")) scores.forEach(printTold);
    console.log(report(scores));
    for (const [event, why] of EXCUSED) console.log(`${event}: ${why}`);
    if (failing(scores).length) process.exitCode = 1;
  } finally {
    await engine.close();
  }
}

if (process.argv[1] === import.meta.filename) await main();
