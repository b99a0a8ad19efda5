// On a server: importing does nothing, and what is started there is inert.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { before, test } from "node:test";
import { withSpoor } from "./built.mjs";

/** Prints the names of all entries that are modules; fails where importing one leaves a trace. */
const IMPORTING = `
  import { readdirSync, readFileSync } from "node:fs";
  const { exports } = JSON.parse(readFileSync("node_modules/spoor/package.json"));
  const presets = readdirSync("node_modules/spoor/dist/presets")
    .filter((file) => file.endsWith(".d.ts"))
    .map((file) => "./presets/" + file.replace(".d.ts", ""));
  const paths = Object.keys(exports).filter((path) => exports[path]?.types && !path.includes("*"));
  // What frameworks themselves leave is not spoor's.
  for (const peer of ["react", "vue"]) await import(peer);
  const before = Reflect.ownKeys(globalThis).length;
  for (const path of [...paths, ...presets]) {
    const all = await import("spoor" + path.slice(1));
    if (Object.keys(all).length === 0) throw path;
    if (Reflect.ownKeys(globalThis).length !== before) throw path;
    console.log(path);
  }
`;
/** Makes every call that a tracker has. */
const CALLING = (entry) => `
  import { init } from "${entry}";
  const config = { collector: "/collect", preset: "auto", heatmap: true, debug: true };
  const spoor = await init(config);
  if (init(config) !== init(config)) throw "two promises";
  spoor.track("a"); spoor.identify("b"); spoor.page(); spoor.flush(); spoor.consent("granted");
  spoor.on("conversion", () => {})();
  console.log(JSON.stringify(spoor.status()));
  spoor.stop();
`;

let folder;
before(async () => {
  folder = await withSpoor("server", ["server"]);
});

test("importing any entry does nothing", () => {
  const lines = node(["--input-type=module", "-e", IMPORTING]).split("\n");
  for (const path of [".", "./url", "./collectors", "./presets/shopify"])
    assert.ok(lines.includes(path), path);
});

for (const entry of ["spoor", "spoor/url"])
  test(`a tracker of ${entry} takes every call and does nothing`, () => {
    const printed = node(["--input-type=module", "-e", CALLING(entry)]);
    assert.deepEqual(JSON.parse(printed), {
      state: "stopped",
      reason: "no document here",
    });
  });

test("a CommonJS program imports it as well", () => {
  const code = 'import("spoor").then(({ init }) => console.log(typeof init))';
  assert.equal(node(["--input-type=commonjs", "-e", code]), "function");
});

test("the program that the documentation shows says so", () => {
  assert.match(node(["main.mjs"]), /stopped.*no document here/);
});

/** Runs Node in the folder; returns what it prints. It must end by itself, without an error or a warning. */
function node(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    timeout: 60_000,
  });
  assert.equal(stderr, "");
  assert.equal(status, 0);
  return stdout.trim();
}
