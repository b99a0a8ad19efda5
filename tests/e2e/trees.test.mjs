// What React does with a tree: it waits for parts of it, replaces it, has several at once. There is one tracker, and one page view,
// for as long as a provider is there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engines } from "./engines.mjs";
import { frameworks, isRunning, putModule } from "./frameworks/build.mjs";
import { eventually, openStage } from "./stage.mjs";

const [engine] = engines;
const waits = (name) => window.waits(name);
const stopped = () => !window[Symbol.for("spoor")];

for (const framework of frameworks.filter(
  ({ example }) => example === "react",
)) {
  const spec = (what, play) =>
    test(`${framework.name}: ${what}`, async (t) => {
      const stage = await openStage(t, { engine });
      const path = await putModule(stage, framework, "trees");
      const page = await stage.visitor();
      await page.goto(path);
      const show = (name) => page.evaluate((name) => window.show(name), name);
      const shown = (id) =>
        page.waitFor((id) => !!document.getElementById(id), id);
      await page.waitFor(() => "show" in window);
      const arrive = (name) =>
        page.evaluate((name) => window.arrive(name), name);
      /** Names of what has arrived, with `name` or `kind`, in their order. */
      const told = async () => {
        await page.evaluate(() => window.spoor.flush());
        return (await stage.events()).map(({ name, params }) =>
          [name, params?.name ?? params?.kind].filter(Boolean).join(" "),
        );
      };
      const arrives = (expected) =>
        eventually(`${expected}`, async () => {
          const names = await told();
          return `${names}` === `${expected}`;
        }).catch(async () => assert.deepEqual(await told(), expected));
      await play({ page, show, shown, stage, arrive, arrives });
      assert.deepEqual(page.faults, []);
      assert.deepEqual(page.said, []);
    });

  spec("a tree that waits before it is there starts with it", async (play) => {
    const { page, show, shown, arrive, arrives } = play;
    await show("waiting");
    await page.waitFor(waits, "outer");
    assert.equal(await page.evaluate(stopped), true);
    await arrive("outer");
    await shown("outer");
    await page.waitFor(isRunning);
    await arrive("first");
    await shown("first");
    await arrives(["page_view", "part_shown outer", "part_shown first"]);
    assert.equal(await page.evaluate(() => window.trackers()), 1);
  });

  spec("parts that are waited for stop nothing", async (play) => {
    const { page, show, shown, arrive, arrives } = play;
    await show("parts");
    // What is waited for inside of the provider keeps it from nothing.
    await page.waitFor(isRunning);
    await arrive("first");
    await shown("first");
    for (const [name, isUrgent] of [
      ["second", false],
      ["third", true],
    ]) {
      await page.evaluate(
        ([name, is]) => window.next(name, is),
        [name, isUrgent],
      );
      await page.waitFor(waits, name);
      assert.equal(await page.evaluate(isRunning), true);
      await arrive(name);
      await shown(name);
    }
    await arrives([
      "page_view",
      "part_shown first",
      "part_shown second",
      "part_shown third",
    ]);
    assert.equal(await page.evaluate(() => window.trackers()), 1);
  });

  spec(
    "other options begin anew; of two providers the last stops",
    async (play) => {
      const { page, show, shown, arrives, stage } = play;
      await show("one");
      await page.waitFor(isRunning);
      await show("other");
      await shown("other");
      await stage.arrived("page_view", 2);
      await page.evaluate(() => delete window.spoor);
      await page.waitFor(isRunning);
      await show("both");
      await shown("one");
      await show("one");
      await page.waitFor(() => !document.getElementById("other"));
      assert.equal(await page.evaluate(isRunning), true);
      await arrives([
        ...["page_view", "shop_shown one"],
        ...["page_view", "shop_shown other", "shop_shown one"],
      ]);
      await show("none");
      await page.waitFor(stopped);
    },
  );

  spec("a tracker that was lent is used, and runs on", async (play) => {
    const { page, show, shown, arrives } = play;
    await show("lent");
    await page.waitFor(isRunning);
    await arrives(["page_view", "shop_shown lent"]);
    await show("bare");
    await shown("bare");
    await show("none");
    await page.waitFor(() => !document.getElementById("bare"));
    assert.equal(await page.evaluate(isRunning), true);
    // Nobody outside of a provider tells anything.
    await arrives(["page_view", "shop_shown lent"]);
  });
}
