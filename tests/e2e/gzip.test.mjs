// Batches go out as gzip to a collector that has said that it takes that, and to no other; in every engine.
import assert from "node:assert/strict";
import { COLLECT } from "./front.mjs";
import { HTML, spec } from "./spec.mjs";
import { eventually, flush } from "./stage.mjs";

/** A compression that comes to no end. */
const STUCK = `<script>
  window.CompressionStream = class extends TransformStream {
    constructor() {
      super({ transform: () => new Promise((done) => (window.isStuck = true)) });
    }
  };
</script>`;

const isZipped = (post) => post[0] === 0x1f && post[1] === 0x8b;

/** Tells `count` events, which make a body worth compressing, and has them sent. */
async function tell(page, name, count = 10) {
  await page.evaluate(
    ([name, count]) => {
      for (let n = 0; n < count; n++) window.spoor.track(name, { n });
    },
    [name, count],
  );
  await flush(page);
}

/** Waits until what was told is posted and answered. */
const answered = (page) =>
  page.waitFor(() => {
    const { batches_waiting, last_outcome } = window.spoor.status();
    return batches_waiting === 0 && last_outcome === "done";
  });

/** Opens `path` and has its first batches answered; waits until js/gzip.js is there. */
async function learn({ open, page }, path) {
  await open(path, page);
  await flush(page);
  await answered(page);
  await page.waitFor(() =>
    performance
      .getEntriesByType("resource")
      .some(({ name, responseEnd }) => /\bgzip\.js/.test(name) && responseEnd),
  );
}

/** Waits until each of `count` events of that name has come, and none twice. */
async function assertOnce(stage, name, count) {
  const numbers = (await stage.arrived(name, count)).map(
    ({ params }) => params.n,
  );
  assert.deepEqual(
    numbers.sort((a, b) => a - b),
    Array.from({ length: count }, (_, n) => n),
  );
}

spec("once the collector has said so, a batch is gzip", async (it) => {
  const { stage, open, page } = it;
  for (const path of ["/one", "/two"]) stage.put(path, {}, "");
  await learn(it, "/one");
  const { posts } = stage.front;
  assert.ok(posts.length > 0 && !posts.some(isZipped), "nobody knew yet");
  const before = posts.length;
  await tell(page, "known");
  await assertOnce(stage, "known", 10);
  assert.ok(posts.slice(before).every(isZipped));
  await page.evaluate(() => {
    for (let n = 0; n < 10; n++) window.spoor.track("left", { n });
  });
  const open_posts = posts.length;
  await open("/two", page);
  await eventually("post of the page that was left", () =>
    stage.front.bodies.some((body) => body.includes('"left"')),
  );
  assert.ok(!isZipped(posts[open_posts]), "a page that is left waits for none");
  await assertOnce(stage, "left", 10);
  await tell(page, "from_the_start");
  await assertOnce(stage, "from_the_start", 10);
  assert.ok(isZipped(posts.at(-1)), "the next page knows it too");
});

spec("who does not say it gets no gzip", async ({ stage, open, page }) => {
  stage.put("/one", {}, "");
  const { posts, replaced } = stage.front;
  replaced.set(COLLECT, { status: 204, type: HTML, body: "" });
  await open("/one", page);
  for (const name of ["first", "second", "third"]) {
    await tell(page, name);
    await answered(page);
  }
  assert.ok(posts.length >= 3 && !posts.some(isZipped));
  const kept = await page.evaluate(() => Object.keys(localStorage));
  assert.deepEqual(
    kept.filter((key) => key.includes("gzip")),
    [],
  );
});

spec("a batch that is refused as gzip goes out plain", async (it) => {
  const { stage, page } = it;
  stage.put("/one", {}, "");
  await learn(it, "/one");
  // Another server took the collector's place.
  stage.front.fault = async ({ read, store, answer }) => {
    const body = await read();
    if (isZipped(body)) return answer.writeHead(415).end();
    const { status, headers, body: reply } = await store(body);
    delete headers["accept-encoding"];
    answer.writeHead(status, headers).end(reply);
  };
  for (const name of ["first", "second"]) {
    await tell(page, name);
    await assertOnce(stage, name, 10);
  }
  const refused = stage.front.posts.filter(isZipped);
  assert.equal(refused.length, 1, "tried once");
  assert.deepEqual(
    await page.evaluate(() => window.spoor.status().losses ?? {}),
    {},
  );
});

spec("a page that is left meanwhile sends the batch as it is", async (it) => {
  const { stage, page } = it;
  // Without storage, no other page could.
  stage.put("/one", { identity: "none" }, "", STUCK);
  stage.put("/two", { identity: "none" }, "");
  await learn(it, "/one");
  await tell(page, "caught");
  await page.waitFor(() => window.isStuck);
  const sent = () =>
    stage.front.bodies.filter((body) => body.includes('"caught"')).length;
  assert.equal(sent(), 0);
  await page.goto("/two");
  await assertOnce(stage, "caught", 10);
  assert.equal(sent(), 1);
});

spec("what a filter has yet to read is not gzip", async (it) => {
  const { stage, open, page } = it;
  stage.put("/one", {}, "");
  stage.put("/two", { collector: { url: COLLECT, except: ["dull"] } }, "");
  await learn(it, "/one");
  await open("/two", page);
  const before = stage.front.posts.length;
  await tell(page, "dull");
  await tell(page, "known");
  await assertOnce(stage, "known", 10);
  assert.ok(!stage.front.posts.slice(before).some(isZipped));
  const names = (await stage.events()).map(({ name }) => name);
  assert.ok(!names.includes("dull"), `${names}`);
});
