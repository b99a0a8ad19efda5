// `npm test`: every test there is, and the check.
import { join } from "node:path";
import { attempt, main, root } from "./command.mjs";
import { cargoCounts, nodeCounts } from "./counts.mjs";
import { ensurePackages } from "./packages.mjs";
import { lastLine, runParts } from "./parts.mjs";
import { filesUnder } from "./stamp.mjs";

const E2E = "tests/e2e/";
/** What is told there hangs on the seconds that somebody stays: a busy machine would make longer ones of them. */
const SESSIONS = `${E2E}sessions.test.mjs`;
const PACKAGE = "tests/package/";
const BENCH = "tests/bench/";
/** Seconds for all tests of tests/web together, of which many wait as visitors do: the runner's own 20 are too few on a busy
 * machine. */
const WASM_TESTS_S = "180";

/** Lists the test files for node under some folders, as paths from the root. */
export function testFiles(folders) {
  return folders
    .flatMap((folder) => filesUnder(join(root, folder)))
    .map((path) => path.slice(root.length))
    .filter((path) => path.endsWith(".test.mjs") && !path.startsWith(BENCH));
}

async function test() {
  await ensurePackages();
  const { build } = await import("./build.mjs");
  const { check } = await import("./check.mjs");
  const { buildTestCollector } = await import("./collector.mjs");
  const { browsers, servers } = await import("./browser.mjs");
  const env = { ...(await browsers()), ...(await servers()) };
  const all = testFiles(["js", "www", "tests"]);
  /** Tests what is built, with the collector that cargo test has. */
  const testBuilt = async (files, concurrency) => {
    await build();
    const started = await buildTestCollector();
    const args = [`--test-concurrency=${concurrency}`];
    return testNode(files, { ...env, ...started }, args);
  };
  return runParts([
    // All of it at once: `npm run check` compiles the core without the collector.
    cargo("Rust, with doctests", ["--features", "collector"]),
    { name: "Wasm in Chromium", work: () => testWasm(env) },
    {
      name: "JavaScript",
      work: async () => {
        await build();
        return testNode(
          all.filter((path) => !isUnder(path, E2E, PACKAGE)),
          env,
        );
      },
    },
    {
      name: "fuzzing",
      work: async () => (await import("./fuzz.mjs")).fuzz(),
    },
    {
      name: "end to end",
      work: () =>
        // Each has a browser and a collector of its own, and mostly waits as visitors do: of more, some get too little of two cores.
        testBuilt(
          all.filter((path) => isUnder(path, E2E) && path !== SESSIONS),
          2,
        ),
    },
    { name: "labelled visits", work: () => testBuilt([SESSIONS], 1) },
    {
      name: "packaging",
      work: async () => {
        const { installed, packed } =
          await import("../../tests/package/built.mjs");
        await packed();
        await installed();
        // They share what is built, and it is built two at a time.
        return testBuilt(
          all.filter((path) => isUnder(path, PACKAGE)),
          1,
        );
      },
    },
    { name: "check", work: async () => ({ ...(await check()), output: "" }) },
  ]);
}

const isUnder = (path, ...folders) =>
  folders.some((folder) => path.startsWith(folder));

const cargo = (name, args) => ({
  name,
  work: async () =>
    cargoCounts(
      await attempt(name, "cargo", [
        "test",
        "--locked",
        "--no-fail-fast",
        ...args,
      ]),
    ),
});

async function testWasm(browsers) {
  const { bindgenTool } = await import("./bindgen.mjs");
  const { wasmBuild, wasmToolchain } = await import("./toolchain.mjs");
  const toolchain = await wasmToolchain();
  const { testRunner } = await bindgenTool();
  const { args, env } = await wasmBuild(toolchain, { release: false });
  const run = () =>
    attempt(
      "Wasm in Chromium",
      toolchain.cargo,
      ["test", "--locked", "--test", "web", ...args],
      {
        env: {
          ...env,
          ...browsers,
          WASM_BINDGEN_TEST_TIMEOUT: WASM_TESTS_S,
          CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: testRunner,
        },
      },
    );
  // Chromedriver now and then brings up a browser that shows nothing: then no test was even begun.
  let ended = await run();
  for (let again = 0; again < 2 && !ended.output.includes("running "); again++)
    ended = await run();
  return cargoCounts(ended);
}

async function testNode(files, env, args = []) {
  // Without a file node would look for tests by itself.
  if (files.length === 0) return { passed: 0, failed: 0, output: "" };
  const reporter = "--test-reporter=tap";
  const command = ["--test", reporter, ...args, ...files];
  return nodeCounts(
    await attempt("node --test", process.execPath, command, { env }),
  );
}

await main(async () => {
  const counts = await test();
  console.log(lastLine(counts));
  if (counts.failed) process.exitCode = 1;
});
