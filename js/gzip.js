// Compresses bodies of batches. A part of its own, loaded where the collector has said that it takes gzip.
// @ts-check

/** Shorter bodies stay as they are: they would gain less than what a packet costs. */
const MIN_LENGTH = 400;
/** As of a body that is not compressed: any other type, and any header of ours, would ask for a preflight. */
const type = "text/plain;charset=UTF-8";

/**
 * Resolves to the body as gzip; to itself where that is not worth it, the browser cannot, or the page goes out of view before it is
 * done: what is to outlive a page must be sent before the page's last listener has returned.
 * @param {string} body @returns {Promise<string | Blob>}
 */
export async function zip(body) {
  if (body.length < MIN_LENGTH || document.visibilityState === "hidden")
    return body;
  const stop = new AbortController();
  /** @type {Promise<string>} */
  const left = new Promise((done) => {
    for (const type of ["visibilitychange", "pagehide"])
      addEventListener(type, () => done(body), { signal: stop.signal });
  });
  try {
    return await Promise.race([left, compressed(body)]);
  } catch {
    return body;
  } finally {
    stop.abort();
  }
}

/** @param {string} body */
async function compressed(body) {
  const stream = new Blob([body]).stream();
  const gzip = stream.pipeThrough(new CompressionStream("gzip"));
  return new Blob([await new Response(gzip).arrayBuffer()], { type });
}
