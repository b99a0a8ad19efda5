// What a shopper types and chooses, and that none of it is to be found anywhere.
import assert from "node:assert/strict";
import { typed } from "./journey.mjs";

/** Begins every word that is typed on the journey, and nothing else there is. */
const MARKER = /zq/i;
const CHOSEN = /portugal/i;
/** Runs of characters in a binary chunk that are long enough to be a selector. */
const TEXT = /[\x20-\x7e]{4,}/g;
/** Stands before the body of a batch that is kept. */
const BATCH = /^\d+(?=\{)/;
/** The shop itself keeps what was typed in the tab's storage, and shows the name on the thank-you page. */
const OURS_IN_STORAGE = "spoor";

/** Asserts that after a journey nothing typed or chosen was kept by spoor, posted, or stored. */
export async function assertNothingTyped(stage, page) {
  for (const text of Object.values(typed)) assert.match(text, MARKER);
  const kept = await page.evaluate(
    (ours) =>
      [localStorage, sessionStorage]
        .flatMap((storage) => Object.entries(storage))
        .filter(([key]) => key.startsWith(ours)),
    OURS_IN_STORAGE,
  );
  const bodies = stage.front.bodies.map(readable);
  assert.ok(bodies.length > 0);
  const keptTexts = kept.map(([key, text]) =>
    BATCH.test(text) ? readable(text.replace(BATCH, "")) : key + text,
  );
  const places = {
    kept: keptTexts.join("\n"),
    posted: bodies.join("\n"),
    stored: told(stage),
  };
  for (const [place, text] of Object.entries(places)) {
    for (const secret of [MARKER, CHOSEN]) {
      assert.doesNotMatch(await text, secret, place);
    }
  }
}

/** A body with its heat chunks decoded, of which only the texts are looked at: numbers spell anything by chance. */
function readable(body) {
  const texts = (chunk) =>
    Buffer.from(chunk, "base64url").toString("latin1").match(TEXT) ?? [];
  const envelope = JSON.parse(body, (key, value) =>
    key === "data" ? texts(value) : value,
  );
  return JSON.stringify(envelope);
}

/** The database file; its heat blobs are binary, so the search is for whole typed words there. */
async function told(stage) {
  const stored = stage.stored();
  const whole = Object.values(typed).filter((text) => stored.includes(text));
  return JSON.stringify([whole, await stage.events()]);
}
