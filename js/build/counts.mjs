// Reads how many tests passed and failed out of what cargo and node print.

/** Sums the `test result:` lines of cargo test, or of the wasm-bindgen test runner. */
export function cargoCounts({ code, output }) {
  const found = [
    ...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed;/gm),
  ];
  const sum = (group) =>
    found.reduce((all, hit) => all + Number(hit[group]), 0);
  return truthful(code, output, found.length > 0, sum(1), sum(2));
}

/** In node's TAP report, what it says of a test that passed, or was left out, and of the tests in it. */
const PASSED =
  /^( *)# Subtest: .*\n(?:\1    .*\n)*\1ok .*\n\1  ---\n(\1  .*\n)*?\1  \.\.\.\n/gm;

/** Reads the `# pass` and `# fail` lines that end node's TAP report; leaves out what passed. */
export function nodeCounts({ code, output }) {
  const count = (key) =>
    output.match(new RegExp(`^# ${key} (\\d+)$`, "m"))?.[1];
  const [pass, fail, cancelled] = ["pass", "fail", "cancelled"].map(count);
  const readable = pass !== undefined && fail !== undefined;
  const failed = Number(fail) + Number(cancelled ?? 0);
  const rest = output.replace(PASSED, "");
  return truthful(code, rest, readable, Number(pass), failed);
}

/** Throws where no count was printed; counts one failure where a program failed without a failed test. */
function truthful(code, output, readable, passed, failed) {
  if (!readable) {
    throw new Error(`no count of tests can be read (exit ${code}):\n${output}`);
  }
  const broke = code !== 0 && failed === 0;
  return { passed, failed: broke ? 1 : failed, output };
}
