// What a browser keeps of what spoor has not sent yet.
import { eventually, patiently } from "./eventually.mjs";

const KEPT = "spoor-";
/** A page leaves a younger batch to the page that made it. */
export const YOUNG_MS = 10_000;

/** The keys of batches that the browser keeps. */
export const kept = (page) =>
  page.evaluate(
    (prefix) =>
      Object.keys(localStorage).filter((key) => key.startsWith(prefix)),
    KEPT,
  );

/** How many copies of batches the browser keeps; null where it never kept any. */
export const copies = (page) =>
  page.evaluate(async () => {
    if (!(await caches.has("spoor"))) return null;
    return (await (await caches.open("spoor")).keys()).length;
  });

/** Waits until the browser keeps nothing: a batch that has arrived goes once its page has the answer, or another has sent it again. */
export async function keptNoMore(page) {
  // What was young as the page began, that page takes in later.
  await patiently(() =>
    eventually("nothing kept", async () => !(await kept(page)).length),
  ).catch(async (cause) => {
    const left = await page.evaluate(() =>
      Object.entries(localStorage).map((entry) => `${entry}`.slice(0, 200)),
    );
    const status = await page.evaluate(() => window.spoor.status());
    throw new Error(`${left.join("\n")}\n${JSON.stringify(status)}`, { cause });
  });
  await eventually("nothing copied", async () => !(await copies(page)));
}

/** Makes what is kept older, so that no spec waits for that. */
export const age = (page) =>
  page.evaluate(
    ([prefix, ms]) => {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(prefix)) continue;
        const id = key.slice(prefix.length);
        const at = parseInt(id.slice(0, 8) + id.slice(9, 13), 16) - ms;
        const time = at.toString(16).padStart(12, "0");
        const older = `${time.slice(0, 8)}-${time.slice(8)}${id.slice(13)}`;
        const text = localStorage.getItem(key);
        localStorage.setItem(prefix + older, text.replaceAll(id, older));
        localStorage.removeItem(key);
      }
    },
    [KEPT, YOUNG_MS],
  );
