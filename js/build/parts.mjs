// Runs the parts of a check one after another, all of them, and sums what they count.
import { seconds } from "./command.mjs";

/**
 * Runs parts `{ name, work }`, where `work` resolves to `{ passed, failed, output }`, or throws.
 * Prints what failed, then a table; returns `{ passed, failed }` over all.
 */
export async function runParts(parts) {
  const results = [];
  for (const { name, work } of parts) {
    const started = Date.now();
    const result = await settle(work);
    const ms = Date.now() - started;
    const verdict = result.failed ? "FAILED" : "ok";
    console.log(`${verdict.padEnd(6)}  ${name}  ${seconds(ms)}`);
    if (result.failed && result.output)
      console.log(`\n${readable(result.output)}\n`);
    results.push({ name, ms, ...result });
  }
  console.log(`\n${summary(results)}\n`);
  return total(results);
}

/** Sums the counts of parts. */
export function total(results) {
  const sum = (key) => results.reduce((all, result) => all + result[key], 0);
  return { passed: sum("passed"), failed: sum("failed") };
}

/** The last line of a test run. */
export const lastLine = ({ passed, failed }) =>
  `${passed} passed, ${failed} failed`;

/** Turns the end of a program into a part's result that counts as one test. */
export const asOne = ({ code, output }) => ({
  passed: code === 0 ? 1 : 0,
  failed: code === 0 ? 0 : 1,
  output,
});

/** A part that breaks down, or that counts nothing, is a failure and not a silence. */
export async function settle(work) {
  try {
    const result = await work();
    if (result.passed + result.failed > 0) return result;
    const output = `${result.output}\nno test was run`;
    return { passed: 0, failed: 1, output };
  } catch (error) {
    return { passed: 0, failed: 1, output: error.message };
  }
}

/** Leaves out the lines that only say that cargo was at work, and most of those that nobody reads to their end. */
export const readable = (output) =>
  output
    .replaceAll(
      /^ +(Compiling|Checking|Documenting|Download(ed|ing)|Locking|Adding) .*\n/gm,
      "",
    )
    .replaceAll(/^(.{500}).{20,}$/gm, "$1 [...]")
    .trimEnd();

function summary(results) {
  const width = Math.max(...results.map(({ name }) => name.length));
  return results
    .map(({ name, passed, failed, ms }) =>
      [
        name.padEnd(width),
        `${passed} passed`.padStart(12),
        `${failed} failed`.padStart(10),
        seconds(ms).padStart(9),
      ].join("  "),
    )
    .join("\n");
}
