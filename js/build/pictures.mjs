// `npm run pictures`: draws the golden pictures of tests/e2e/pictures.test.mjs anew. Look at what has changed before you keep it.
import { browsers } from "./browser.mjs";
import { build } from "./build.mjs";
import { buildCollector } from "./collector.mjs";
import { main, run } from "./command.mjs";

await main(async () => {
  await build();
  await buildCollector();
  const env = { ...process.env, ...(await browsers()), PICTURES: "write" };
  const test = ["--test", "tests/e2e/pictures.test.mjs"];
  await run("drawing pictures", process.execPath, test, { env });
});
