// Stopped, and begun anew on the same page: by <spoor-tracker>, put in and taken out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engines } from "./engines.mjs";
import { frameworks, putModule } from "./frameworks/build.mjs";
import { HTML } from "./put.mjs";
import { eventually, openStage } from "./stage.mjs";

const element = frameworks.find(({ example }) => example === "element");

/** Says whether the page's tracker runs, and gives it a name. */
const runs = () => {
  window.tracker ??= document.querySelector("spoor-tracker");
  window.spoor = window.tracker?.spoor;
  return window.spoor?.status().state === "running";
};
const stopped = () => !window[Symbol.for("spoor")];
/** What Firefox says of modules that are not there. */
const UNLOADED = /Loading module|was blocked due to MIME type/;
/** Names of batches that are kept for pages to come. */
const kept = () =>
  Object.keys(localStorage).filter((key) => key.startsWith("spoor-"));

for (const engine of engines) {
  const spec = (what, body, play) =>
    test(`${what} in ${engine.name}`, async (t) => {
      const stage = await openStage(t, { engine });
      const path = await putModule(stage, element, "mount");
      const page = await stage.visitor();
      if (body) {
        const own = path.replace("mount.html", "own.html");
        const html = `<!doctype html><html lang="en"><title>Own</title><link rel="icon" href="data:," />${body}<script type="module" src="main.js"></script>`;
        stage.front.replaced.set(own, { type: HTML, body: html });
        await page.goto(own);
      } else await page.goto(path);
      await page.waitFor(() => "mount" in window);
      await play({ stage, page });
      assert.deepEqual(page.faults, []);
    });

  spec(
    "an element that was there before its class takes what it was given",
    `<spoor-tracker collector="/collect"></spoor-tracker>
     <button class="add">Add</button><footer></footer>
     <script>
       document.querySelector("spoor-tracker").config = {
         site: "demo-shop",
         track: { add_to_cart: ".add" },
       };
     </script>`,
    async ({ stage, page }) => {
      await page.waitFor(runs);
      await page.click(".add");
      await page.evaluate(() => window.spoor.flush());
      await stage.arrived("add_to_cart");
    },
  );

  spec("an element that is moved goes on", null, async ({ stage, page }) => {
    await page.evaluate(() => {
      window.mount();
      window.tracker = document.querySelector("spoor-tracker");
      // Before it runs, and when it does.
      window.tracker.spoor.track("told_early", { n: 1 });
      window.tracker.spoor.track("told_early", { n: 2 });
      document.body.prepend(window.tracker);
    });
    await page.waitFor(runs);
    await page.evaluate(() => {
      document.body.append(window.tracker);
      document.body.moveBefore?.(window.tracker, document.body.firstChild);
      window.spoor.track("told_late", {});
    });
    await page.evaluate(() => window.spoor.flush());
    await stage.arrived("told_late");
    const names = (await stage.events()).map(({ name, params }) =>
      params?.n ? `${name} ${params.n}` : name,
    );
    assert.deepEqual(names, [
      "page_view",
      "told_early 1",
      "told_early 2",
      "told_late",
    ]);
  });

  spec(
    "who is taken out tells nothing, and tells again when put back",
    null,
    async ({ stage, page }) => {
      await page.evaluate(() => {
        window.unmount = window.mount();
      });
      await page.waitFor(runs);
      await page.evaluate(() => window.unmount());
      await page.waitFor(stopped);
      await stage.arrived("page_view");
      await page.evaluate(() => {
        // By the tracker, and by markup.
        document.body.innerHTML = `<button data-spoor="out_of_it">Out</button>`;
      });
      await page.click("button");
      await page.evaluate(() => document.body.append(window.tracker));
      await page.waitFor(runs);
      await page.click("button");
      await page.evaluate(() => window.spoor.flush());
      await stage.arrived("page_view", 2);
      assert.equal((await stage.arrived("out_of_it")).length, 1);
    },
  );

  spec(
    "the answer to one that has stopped is no answer to the next",
    null,
    async ({ stage, page }) => {
      const { front } = stage;
      /** Posts whose answers are held back. */
      const held = [];
      front.fault = async ({ answer, read }) => {
        await read();
        held.push(answer);
      };
      const begin = () =>
        page.evaluate(() => {
          window.unmount = window.mount();
          window.tracker = document.querySelector("spoor-tracker");
        });
      await begin();
      await page.waitFor(runs);
      await page.evaluate(() => window.spoor.flush());
      await eventually("first post", () => held.length === 1);
      await page.evaluate(() => window.unmount());
      await page.waitFor(stopped);
      const [first] = await page.evaluate(kept);
      await begin();
      await page.waitFor(runs);
      await page.evaluate(() => window.spoor.flush());
      await eventually("second post", () => held.length === 2);
      held[0].writeHead(204).end();
      await eventually("end of the first batch", async () => {
        const left = await page.evaluate(kept);
        return !left.includes(first);
      });
      const { batches_waiting } = await page.evaluate(() =>
        window.spoor.status(),
      );
      assert.equal(batches_waiting, 1);
      assert.equal((await page.evaluate(kept)).length, 1);
      front.fault = undefined;
      held[1].destroy();
      await stage.arrived("page_view");
    },
  );

  spec(
    "what cannot be loaded is one line in the console",
    null,
    async ({ stage, page }) => {
      for (const path of [...stage.front.replaced.keys()])
        if (path.includes("/assets/")) stage.front.replaced.delete(path);
      await page.evaluate(() => {
        window.unmount = window.mount();
        document.querySelector("spoor-tracker").spoor.track("never_told");
      });
      const ours = () => page.said.filter((line) => line.startsWith("spoor:"));
      await eventually("line in the console", () => ours().length > 0);
      await page.evaluate(() => window.unmount());
      await page.waitFor(stopped);
      assert.equal(ours().length, 1);
      assert.match(ours()[0], /not started/);
      // Firefox says as an error of the page what it says itself.
      const own = page.faults.filter((one) => !UNLOADED.test(one));
      page.faults.splice(0, Infinity, ...own);
    },
  );

  spec("no value makes a call throw", null, async ({ page }) => {
    await page.evaluate(() => void window.mount());
    await page.waitFor(runs);
    const thrown = await page.evaluate(() => {
      const odd = [null, undefined, 1n, NaN, [], () => {}, {}];
      const calls = ["track", "identify", "consent", "page", "flush", "on"]
        .flatMap((verb) => odd.map((value) => [verb, value]))
        .concat([
          ["track", Symbol("odd")],
          ["identify", Symbol("odd")],
        ]);
      const thrown = [];
      for (const [verb, value] of calls)
        try {
          window.spoor[verb](value, value);
        } catch (error) {
          thrown.push(`${verb}: ${error}`);
        }
      return thrown;
    });
    assert.deepEqual(thrown, []);
  });
}
