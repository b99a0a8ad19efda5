// Waiting in specs: for a condition, never for a time, and never for ever.
import { setTimeout as pause } from "node:timers/promises";

export const PATIENCE_MS = 10_000;
const POLL_MS = 50;

/** Resolves to what `read` gives as soon as that is something; says what was awaited when it never is. */
export async function eventually(what, read) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await read();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`no ${what}`);
    await pause(POLL_MS);
  }
}

/** Resolves as `work` does; fails where that takes longer than patience lasts. */
export async function bounded(what, work, ms = PATIENCE_MS) {
  let timer;
  const late = new Promise((_, reject) => {
    const fail = () => reject(new Error(`no ${what} within ${ms} ms`));
    timer = setTimeout(fail, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits twice: a page takes over what the one before has left once that is ten seconds old, and waits that long itself. */
export const patiently = (wait) => wait().catch(wait);
