// A page that the browser renders before anybody asks for it is viewed when somebody does. By hand, because a browser that is
// driven prerenders nothing.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { browsers, CHROMIUM_ARGS, remedy } from "../../js/build/browser.mjs";
import { eventually, openStage } from "./stage.mjs";

/** Leads on once the answer to `/next-please` says so. */
const LIST = `<!doctype html><title>List</title><a href="/next">Lamp</a>
<script type="speculationrules">{"prerender": [{"urls": ["/next"], "eagerness": "immediate"}]}</script>
<script>
  const ask = async () => (await fetch("/next-please")).status === 200 ? document.querySelector("a").click() : setTimeout(ask, 100);
  ask();
</script>`;
const NEXT = `<!doctype html><title>Lamp</title>
<script>
  document.prerendering && fetch("/prerendered");
  window.spoor = window.spoor || [];
  spoor.push(["init", { collector: "/collect", site: "demo-shop", consent: "granted" }]);
</script><script async src="/spoor.js"></script>`;
/** Longer than spoor takes to start and to send. */
const LONG_MS = 3000;

test("a prerendered page is viewed once, and when somebody sees it", async (t) => {
  const { CHROMIUM } = await browsers(["CHROMIUM"]);
  if (!CHROMIUM) throw new Error(remedy("CHROMIUM"));
  const stage = await openStage(t, { engine: "none" });
  const asked = new Set();
  let goesOn = false;
  stage.front.shop = ({ path }) => {
    asked.add(path);
    const page = { "/list": LIST, "/next": NEXT }[path];
    if (page) return { type: "text/html", body: page };
    if (path === "/next-please")
      return { status: goesOn ? 200 : 204, type: "text/plain", body: "" };
  };
  const profile = mkdtempSync(join(tmpdir(), "spoor-prerender-"));
  const browser = spawn(
    CHROMIUM,
    [
      ...CHROMIUM_ARGS,
      "--headless=new",
      "--no-first-run",
      `--user-data-dir=${profile}`,
      `${stage.front.address}/list`,
    ],
    { stdio: "ignore" },
  );
  t.after(async () => {
    const ended = once(browser, "exit");
    browser.kill();
    await ended;
    // Its other processes end a little later, and write until then.
    await eventually("profile that can be removed", async () => {
      try {
        rmSync(profile, { recursive: true, force: true });
        return true;
      } catch (error) {
        if (error.code !== "ENOTEMPTY") throw error;
      }
    });
  });

  await eventually("page prerendered", () => asked.has("/prerendered"));
  await pause(LONG_MS);
  assert.deepEqual(stage.front.bodies, [], "nobody has seen it");

  const seenFrom = Date.now();
  goesOn = true;
  const views = await stage.arrived("page_view");
  await pause(LONG_MS);
  assert.equal((await stage.events()).length, 1, "viewed once");
  assert.ok(views[0].at >= seenFrom, "and then");
});
