// Builds and starts the collector, which also serves the shop, the reports and dist/.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, run } from "./command.mjs";

/** What the collector serves beside its own paths: URL path, and folder or file in the repository. */
export const MOUNTS = {
  "/shop": "www/shop",
  "/reports": "www/reports",
  "/reports/vendor/chart.js": "node_modules/chart.js/dist/chart.umd.min.js",
  "/": "dist",
};

/** Names the collector that is started, where that is not the one that is shipped. */
const VARIABLE = "SPOOR_COLLECTOR";
const SHIPPED = join(root, "target/release/spoor-collector");
const FOR_TESTS = join(root, "target/debug/spoor-collector");

const compile = (profile) =>
  run("compiling the collector", "cargo", [
    ...["build", "--locked", ...profile],
    ...["--features", "collector", "--bin", "spoor-collector"],
  ]);

/** Compiles the collector as it is shipped. */
export const buildCollector = () => compile(["--release"]);

/** Compiles the collector as `cargo test` does, which takes far less; resolves to the environment in which that one is started. */
export async function buildTestCollector() {
  await compile([]);
  return { [VARIABLE]: FOR_TESTS };
}

/**
 * Starts the collector that was built. Port 0 takes any free one.
 * Resolves, once it listens, to `{ address, child, stop }`; `stop` ends it and waits for its end.
 */
export async function startCollector({ db, port = 0, args = [] }) {
  mkdirSync(dirname(db), { recursive: true });
  const mounts = Object.entries(MOUNTS).flatMap(([path, folder]) => [
    "--serve",
    `${path}=${join(root, folder)}`,
  ]);
  const listen = ["--listen", `127.0.0.1:${port}`, "--db", db];
  const binary = process.env[VARIABLE] ?? SHIPPED;
  const child = spawn(binary, [...listen, ...mounts, ...args], {
    // Its own process group: Ctrl-C reaches it through `stop` alone, so that it ends once and cleanly.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A script that ends in an error leaves no collector behind.
  const kill = () => child.kill();
  process.once("exit", kill);
  const address = await listening(child);
  const stop = async () => {
    process.off("exit", kill);
    if (child.exitCode !== null || child.signalCode) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  return { address, child, stop };
}

function listening(child) {
  let output = "";
  return new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      const hit = output.match(/listening on (http:\/\/\S+)/);
      if (hit) resolve(hit[1].replace(/\/$/, ""));
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.on("error", reject);
    child.on("exit", (code) =>
      reject(new Error(`the collector ended (exit ${code}):\n${output}`)),
    );
  });
}
