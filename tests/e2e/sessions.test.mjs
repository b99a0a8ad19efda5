// The ten labelled sessions, as `npm run recall` plays them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { failing, recall, report } from "../sessions/recall.mjs";
import { sessions } from "../sessions/sessions.mjs";
import { chromium } from "./engines/chromium.mjs";

test("ten visits are told as a person watching wrote them down", async (t) => {
  t.after(() => chromium.close());
  const scores = await recall(chromium, sessions);
  assert.equal(scores.length, 10);
  assert.deepEqual(failing(scores), [], report(scores));
});
