// A spec for all engines, on pages that stand beside it: their config and what is on them.
import { test } from "node:test";
import { engines } from "./engines.mjs";
import { pageOf, tagsOf } from "./put.mjs";
import { openStage, running } from "./stage.mjs";

export { HTML } from "./put.mjs";

/** Plays a spec in each engine, on pages that it puts up by `put(path, config, body)`. */
export function spec(what, play, { but = [] } = {}) {
  for (const engine of engines.filter(({ name }) => !but.includes(name)))
    test(`${what} in ${engine.name}`, async (t) => {
      const stage = await openStage(t, { engine });
      stage.put = (path, config, body, head = "") => {
        const init = { collector: "/collect", site: stage.site, ...config };
        const page = pageOf(path, head + tagsOf(init), body);
        stage.front.replaced.set(path, page);
      };
      const open = async (path, page) => {
        await page.goto(path);
        await running(page);
      };
      await play({ t, stage, open, page: await stage.visitor() });
    });
}
