// Puts a built app before visitors, at the front of a stage: its files, or its own server.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { eventually } from "../e2e/eventually.mjs";
import { freePort } from "../e2e/port.mjs";
import { ENV } from "./built.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
};
/** Not the app's: the collector's, and the specs' own. */
const OTHERS = /^\/(collect|api|e2e)(\/|$)/;
/** Browsers ask for it where a page names no icon. */
const ICON = "/favicon.ico";

/**
 * Has the front of `stage` answer with the app in `folder`; returns `{ asked, missing }`, the paths that browsers have asked it
 * for, and those of them that it has not. `types` are answered for file extensions in place of the right ones; files of a type that is
 * null are not there.
 */
export async function serve(t, stage, app, folder, types = {}) {
  const asked = [];
  const missing = [];
  const find = app.start
    ? await proxy(t, app, folder)
    : ({ path }) => fileOf(app.serve, folder, path, { ...TYPES, ...types });
  stage.front.shop = async (request) => {
    const { path } = request;
    if (OTHERS.test(path)) return;
    asked.push(path);
    const found = await find(request);
    if (found?.status !== 404 && found) return found;
    if (path !== ICON) missing.push(path);
    // The collector behind has files of its own to answer with.
    return { status: 404, type: "text/plain", body: "not found" };
  };
  return { asked, missing };
}

function fileOf(mounts, folder, path, types) {
  for (const [prefix, mount] of Object.entries(mounts)) {
    const under = join(folder, mount, path.slice(prefix.length));
    for (const file of [under, join(under, "index.html"), `${under}.html`])
      if (existsSync(file) && statSync(file).isFile()) {
        const type = types[extname(file)];
        if (!type) return;
        const body = readFileSync(file);
        return { type, body: extname(file) === ".html" ? `${body}` : body };
      }
  }
}

/** Starts the app's own server; resolves to what asks it. */
async function proxy(t, { start }, folder) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  // Without `exec`, what is ended would be the shell alone.
  const command = start(port).replace(/^((?:\w+=\S+ )*)/, "$1exec ");
  const child = spawn("sh", ["-c", command], {
    cwd: folder,
    env: { ...process.env, ...ENV },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (said += chunk));
  t.after(async () => {
    if (child.exitCode !== null || child.signalCode) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  });
  await eventually(`answer of ${command}`, async () => {
    if (child.exitCode !== null) throw new Error(`${command}: ${said}`);
    return fetch(address).catch(() => undefined);
  });
  return async ({ url }) => {
    const answer = await fetch(address + url, { redirect: "manual" });
    const type = answer.headers.get("content-type") ?? "";
    const isText = type.startsWith("text/html");
    const body = isText
      ? await answer.text()
      : Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, type, body };
  };
}
