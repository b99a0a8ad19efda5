// `npm run fuzz [-- --seconds=300 --only=chunk]`: throws bytes at what reads the wire, by libFuzzer, guided by what each has reached.
//
// The targets are cargo-fuzz's, and this does what cargo-fuzz does, but with the stable compiler: spoor forbids unsafe code, so that
// the sanitizers, which stable lacks, would have nothing to find.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { answer, attempt, has, main, root, run } from "./command.mjs";
import { lastLine, total } from "./parts.mjs";
import { aptInstall } from "./system.mjs";

/** Seconds for each target in `npm test`; all run at once. */
const SECONDS = 20;
/** Seconds that one input may take. */
const TIMEOUT_S = 5;
const MAX_MEMORY_MB = 1024;
/** Fewer runs in a second tell that the machine stood still, not that there is nothing to find. */
const LEAST_RUNS_PER_S = 500;

const FOLDER = join(root, "target/fuzz");
const fixture = (name) => join(root, "tests/fixtures", name);

/** Each target's longest input, what writes its first inputs into a folder where it has some, and words that its inputs consist of. */
const TARGETS = {
  chunk: {
    maxBytes: 8192,
    seed(folder) {
      const chunks = ["chunks-v3.json", "chunks-v4.json"].flatMap((name) =>
        JSON.parse(readFileSync(fixture(name))),
      );
      for (const [n, { data }] of chunks.entries())
        writeFileSync(join(folder, `seed-${n}`), data, "base64url");
    },
  },
  envelope: {
    maxBytes: 4096,
    seed: (folder) =>
      copyFileSync(fixture("envelope-v1.json"), join(folder, "seed")),
    words: () =>
      readFileSync(fixture("envelope-v1.json"), "utf8").match(/"\w+":/g),
  },
  packer: { maxBytes: 4096 },
};

/** What makes LLVM count branches and watch comparisons; cargo-fuzz passes the same. */
const FLAGS = [
  "-Cpasses=sancov-module",
  "-Cllvm-args=-sanitizer-coverage-level=4",
  "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
  "-Cllvm-args=-sanitizer-coverage-pc-table",
  "-Cllvm-args=-sanitizer-coverage-trace-compares",
  "-Ccodegen-units=1",
  "--cfg=fuzzing",
];

/** Fuzzes the targets that are called so; resolves to `{ passed, failed, output }`. */
export async function fuzz(seconds = SECONDS, only = "") {
  const names = Object.keys(TARGETS).filter((name) => name.includes(only));
  if (!names.length) throw new Error(`no target is called ${only}`);
  const programs = await compile();
  const results = await Promise.all(
    names.map((name) => play(name, join(programs, name), seconds)),
  );
  const output = results.map((result) => result.output).join("\n");
  return { ...total(results), output };
}

/** Compiles the targets; resolves to the folder of the programs. */
async function compile() {
  const { args, env, folder } = await fuzzBuild();
  const command = ["build", "--locked", ...args];
  await run("compiling what is fuzzed", "cargo", command, { env });
  return folder;
}

/** Returns the cargo arguments and environment by which the targets are built, and the folder of the programs. */
export async function fuzzBuild() {
  // libFuzzer is C++.
  if (!has("c++") && !(await aptInstall(["g++"])))
    throw new Error("a C++ compiler is needed: apt-get install g++ (as root)");
  const host = answer("rustc", ["-vV"]).match(/^host: (.*)$/m)[1];
  const manifest = ["--manifest-path", "fuzz/Cargo.toml"];
  // With a target named, the flags reach no build script and no macro, which cannot be linked with them.
  const place = ["--target", host, "--target-dir", FOLDER];
  return {
    args: ["--release", ...manifest, ...place],
    env: { CARGO_ENCODED_RUSTFLAGS: FLAGS.join("\x1f") },
    folder: join(FOLDER, host, "release"),
  };
}

/** Runs one target; what it finds lies in target/fuzz/found, what it has learned in target/fuzz/corpus. */
async function play(name, program, seconds) {
  const { maxBytes, seed, words } = TARGETS[name];
  const [corpus, found] = ["corpus", "found"].map((kind) =>
    join(FOLDER, kind, name),
  );
  for (const folder of [corpus, found]) mkdirSync(folder, { recursive: true });
  seed?.(corpus);
  const args = [
    `-max_total_time=${seconds}`,
    `-max_len=${maxBytes}`,
    `-timeout=${TIMEOUT_S}`,
    `-rss_limit_mb=${MAX_MEMORY_MB}`,
    `-artifact_prefix=${found}/`,
    "-print_final_stats=1",
  ];
  if (words) {
    const dictionary = join(FOLDER, `${name}.dict`);
    writeFileSync(dictionary, words().map(quoted).join("\n"));
    args.push(`-dict=${dictionary}`);
  }
  const title = `fuzzing ${name}`;
  const { code, output } = await attempt(title, program, [...args, corpus]);
  const fault = faultOf(code, output, seconds);
  if (!fault) return { passed: 1, failed: 0, output: "" };
  return { passed: 0, failed: 1, output: `${title}: ${fault}` };
}

const quoted = (word) => `"${word.replaceAll('"', '\\"')}"`;

/** Returns what speaks against a run, or nothing. */
export function faultOf(code, output, seconds) {
  if (code !== 0)
    return output.slice(Math.max(0, output.search(/^(thread|==\d+==)/m)));
  const guided = /\((\d+) inline 8-bit counters\)/.exec(output)?.[1];
  if (!(guided > 0)) return "it sees nothing of what it reaches";
  const runs = /^stat::number_of_executed_units: (\d+)$/m.exec(output)?.[1];
  if (!(runs >= LEAST_RUNS_PER_S * seconds))
    return `${runs} runs in ${seconds} s`;
}

if (process.argv[1] === import.meta.filename) {
  await main(async () => {
    const { values } = parseArgs({
      options: {
        seconds: { type: "string", default: String(SECONDS) },
        only: { type: "string", default: "" },
      },
    });
    const { output, ...counts } = await fuzz(
      Number(values.seconds),
      values.only,
    );
    console.log(`${output}\n${lastLine(counts)}`);
    if (counts.failed) process.exitCode = 1;
  });
}
