// Runs other programs: quietly, with one line of progress, and with their whole output when they fail.
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

const PROGRESS_MS = 200;
const PROGRESS_COLUMNS = 100;
const live = process.stdout.isTTY && !process.env.CI;

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** Returns what a program prints, or undefined where it cannot be run or fails. */
export function answer(program, args, options = {}) {
  const { status, stdout } = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    ...options,
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** Says whether a program can be found. */
export const has = (program) => answer("which", [program]) !== undefined;

/**
 * Runs a program to its end and returns `{ code, output, ms }`.
 * A terminal sees the elapsed time and the last line of output; a log sees the title only.
 */
export function attempt(title, program, args, { cwd = root, env = {} } = {}) {
  const started = Date.now();
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const keep = (chunk) => (output += chunk);
  child.stdout.setEncoding("utf8").on("data", keep);
  child.stderr.setEncoding("utf8").on("data", keep);
  const stop = showProgress(title, started, () => output);
  return new Promise((resolve) => {
    const end = (code) => {
      stop();
      resolve({ code, output, ms: Date.now() - started });
    };
    child.on("error", (error) => {
      output += `${error.message}\n`;
      end(127);
    });
    child.on("close", (code, signal) => end(signal ? 1 : code));
  });
}

/** Runs a program that has to succeed; throws with its output where it does not. */
export async function run(title, program, args, options) {
  const { code, output, ms } = await attempt(title, program, args, options);
  if (code !== 0) {
    const line = [program, ...args].join(" ");
    throw new Error(
      `${title} failed (exit ${code}): ${line}\n\n${output.trimEnd()}`,
    );
  }
  console.log(`${title}  ${seconds(ms)}`);
  return output;
}

/** Runs a script's main function; a failure is told in plain words, without a stack. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(`\n${process.env.DEBUG ? error.stack : error.message}`);
    process.exitCode = 1;
  }
}

function showProgress(title, started, output) {
  if (!live) return () => {};
  const clear = () => process.stdout.write("\r\x1b[K");
  const timer = setInterval(() => {
    const last = output().trimEnd().split("\n").at(-1) ?? "";
    const elapsed = seconds(Date.now() - started);
    const line = `${title}  ${elapsed}  ${last.trim()}`;
    process.stdout.write(`\r\x1b[K${line.slice(0, PROGRESS_COLUMNS)}`);
  }, PROGRESS_MS);
  return () => {
    clearInterval(timer);
    clear();
  };
}
