// `node tests/bench/rules.mjs`: what a click costs by the number of rules and of elements, in Chromium.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { build } from "../../js/build/build.mjs";
import { main } from "../../js/build/command.mjs";
import { median } from "./table.mjs";

const RULES = [1, 10, 100, 1000];
const ELEMENTS = [1000, 10_000, 100_000];
/** Rounds of clicks on one page; the median of the rounds is told. */
const [ROUNDS, CLICKS] = [9, 40];
const TYPES = { js: "text/javascript", wasm: "application/wasm" };

/** The last rule is the one that is clicked; every element lies in cards of ten. */
function page(rules, elements) {
  const track = Object.fromEntries(
    Array.from({ length: rules }, (_, n) => [`rule_${n}`, `.card .rule-${n}`]),
  );
  const config = { collector: "/sink", site: "bench", track };
  return `<!doctype html><script>window.spoor = [["init", ${JSON.stringify(config)}]]</script>
<main></main><script>
const card = '<article class="card"><h2></h2>' + '<p><i></i></p>'.repeat(4) + '</article>';
document.querySelector("main").innerHTML = card.repeat(${elements / 10}) +
  '<div class="card"><p><button id="hit" class="rule-${rules - 1}">Buy</button></p><p><b id="miss">.</b></p></div>';
</script><script async src="/spoor.js"></script>`;
}

/** Returns microseconds of script per click, of some rounds; runs in the page. */
function clicks([id, rounds, count]) {
  const target = document.getElementById(id);
  const click = { bubbles: true, composed: true, detail: 1, clientX: 5 };
  return Array.from({ length: rounds }, () => {
    const start = performance.now();
    for (let n = 0; n < count; n++)
      target.dispatchEvent(new MouseEvent("click", click));
    return ((performance.now() - start) * 1000) / count;
  });
}

async function bench() {
  await build();
  const { DIST } = await import("../../js/build/bundle.mjs");
  const { browsers, CHROMIUM_ARGS } =
    await import("../../js/build/browser.mjs");
  const { chromium } = await import("playwright-core");
  const { CHROMIUM } = await browsers(["CHROMIUM"]);
  let html = "";
  const server = createServer(({ url }, response) => {
    const type = TYPES[url.split(".").at(-1)];
    response.setHeader("content-type", type ?? "text/html");
    response.end(type ? readFileSync(join(DIST, url)) : html);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const window = await chromium.launch({
    executablePath: CHROMIUM,
    args: CHROMIUM_ARGS,
  });
  console.log(
    "| elements | rules | µs per click on a rule | µs per other click |",
  );
  console.log("|--:|--:|--:|--:|");
  for (const elements of ELEMENTS) {
    for (const rules of RULES) {
      html = page(rules, elements);
      const tab = await window.newPage();
      await tab.addInitScript(() =>
        Object.defineProperty(Navigator.prototype, "webdriver", {
          get: () => false,
        }),
      );
      await tab.goto(`http://127.0.0.1:${server.address().port}/`);
      await tab.waitForFunction(
        () => window.spoor.status?.().state === "running",
      );
      const told = [];
      for (const id of ["hit", "miss"])
        told.push(median(await tab.evaluate(clicks, [id, ROUNDS, CLICKS])));
      const cells = [elements, rules, ...told.map((us) => us.toFixed(0))];
      console.log(`| ${cells.join(" | ")} |`);
      await tab.close();
    }
  }
  await window.close();
  server.close();
}

await main(bench);
