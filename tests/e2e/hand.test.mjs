import assert from "node:assert/strict";
import { test } from "node:test";
import { engines } from "./engines.mjs";
import { eventually, openStage } from "./stage.mjs";

const PATH = "/e2e/hand.html";

for (const engine of engines) {
  test(`every verb is the browser's own input in ${engine.name}`, async (t) => {
    const stage = await openStage(t, { engine });
    const page = await stage.visitor();
    await page.goto(PATH);
    const done = () => page.evaluate(() => done.splice(0));

    await page.type("[name=field]", "Az1");
    await page.press("Tab");
    const keys = ["A", "z", "1"].flatMap((key) => [
      `keydown ${key}`,
      "input input",
    ]);
    assertHas(await done(), [
      "click input",
      ...keys,
      "keydown Tab",
      "change input",
    ]);

    await page.click("button");
    assertHas(await done(), ["mouseover button", "click button"]);

    await page.choose("select", "Port");
    assertHas(await done(), ["input select", "change select"]);

    await page.hover("a");
    assertHas(await done(), ["mouseover a"]);

    const top = () => page.evaluate(() => scrollY);
    const before = await top();
    await page.scroll(300);
    // Half a pixel may be there from the click.
    assert.ok(Math.abs((await top()) - before - 300) <= 1, await top());
    await page.scroll(-5000);
    assert.equal(await top(), 0);
    assertHas(await done(), ["wheel"]);

    assert.deepEqual(
      await page.evaluate(() => [
        innerWidth,
        innerHeight,
        document.visibilityState,
      ]),
      [1280, 800, "visible"],
    );
  });

  test(`a visitor goes back, loads again, and has tabs in ${engine.name}`, async (t) => {
    const stage = await openStage(t, { engine });
    const page = await stage.visitor();
    await page.goto(PATH);
    await page.evaluate(() => localStorage.setItem("mine", 1));
    await page.click("a");
    await page.waitFor(() => location.search === "?next");
    await page.back();
    assert.equal(await page.url(), stage.front.address + PATH);
    await page.evaluate(() => history.pushState(1, ""));
    await page.back();
    assert.equal(await page.evaluate(() => history.state), null);
    await page.evaluate(() => (window.before = true));
    await page.reload();
    assert.equal(await page.evaluate(() => "before" in window), false);

    const mine = (of) => of.evaluate(() => localStorage.getItem("mine"));
    const shown = (of) => of.evaluate(() => document.visibilityState);
    const second = await page.newTab();
    await second.goto(PATH);
    const other = await stage.visitor();
    await other.goto(PATH);
    assert.deepEqual(await Promise.all([page, second, other].map(mine)), [
      "1",
      "1",
      null,
    ]);
    assert.deepEqual(await Promise.all([page, second, other].map(shown)), [
      "visible",
      "visible",
      "visible",
    ]);
    await page.close();
    assert.equal(await mine(second), "1");
    await second.close();
  });

  test(`what a page says and does not catch is known in ${engine.name}`, async (t) => {
    const stage = await openStage(t, { engine });
    const page = await stage.visitor();
    await page.goto(PATH);
    await page.evaluate(() => {
      console.warn("said", 1);
      setTimeout(() => {
        throw new Error("thrown");
      });
      Promise.reject(new Error("refused"));
    });
    await eventually("fault", () => page.faults.length === 2);
    const faults = page.faults.sort().join("\n");
    assert.match(faults, /refused.*\n.*thrown/);
    assert.deepEqual(page.said, ["said 1"]);
  });
}

/** Asserts that these were done in this order, whatever else was; and nothing by a script. */
function assertHas(done, wanted) {
  let at = 0;
  for (const one of done) if (one.startsWith(wanted[at])) at += 1;
  assert.equal(at, wanted.length, `${wanted[at]} is missing in ${done}`);
  assert.doesNotMatch(done.join(), /by a script/);
}
