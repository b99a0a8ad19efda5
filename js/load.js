// Ways to the Wasm.
// @ts-check
import initialise, * as glue from "#glue";

/**
 * Streams the module from `url`.
 * @param {string | URL} url
 */
export async function stream(url) {
  // Behind whatever the page itself needs.
  const options = /** @type {RequestInit} */ ({ priority: "low" });
  await initialise({ module_or_path: fetch(url, options) });
  return glue;
}

/**
 * Unpacks the module from `deflated`, raw deflate in base64.
 * @param {string} deflated
 */
export async function unpack(deflated) {
  const bytes = Uint8Array.from(atob(deflated), (c) => c.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const module = await WebAssembly.compile(await new Response(inflated).arrayBuffer());
  await initialise({ module_or_path: module });
  return glue;
}
