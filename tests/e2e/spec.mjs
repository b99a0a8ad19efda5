// A spec for all engines, on pages that stand beside it: their config and what is on them.
import { test } from "node:test";
import { engines } from "./engines.mjs";
import { openStage, running } from "./stage.mjs";

export const HTML = "text/html; charset=utf-8";

/** Plays a spec in each engine, on pages that it puts up by `put(path, config, body)`. */
export function spec(what, play, { but = [] } = {}) {
  for (const engine of engines.filter(({ name }) => !but.includes(name)))
    test(`${what} in ${engine.name}`, async (t) => {
      const stage = await openStage(t, { engine });
      stage.put = (path, config, body, head = "") => {
        const init = { collector: "/collect", site: stage.site, ...config };
        const call = `window.spoor = [["init", ${JSON.stringify(init)}]]`;
        const tag = `<script>${call}</script><script async src="/spoor.js"></script>`;
        const page = `<!doctype html><html lang="en"><head><title>${path}</title><link rel="icon" href="data:," />${head}${tag}</head><body>${body}</body></html>`;
        stage.front.replaced.set(path, { type: HTML, body: page });
      };
      const open = async (path, page) => {
        await page.goto(path);
        await running(page);
      };
      await play({ stage, open, page: await stage.visitor() });
    });
}
