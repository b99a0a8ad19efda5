// Ways to the Wasm.
// @ts-check
import { finish, imports } from "#glue";

/**
 * Streams the module from `url`; resolves to its exports.
 * @param {string | URL} url
 */
export async function stream(url) {
  // Behind whatever the page itself needs.
  const options = /** @type {RequestInit} */ ({ priority: "low" });
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  // Streaming refuses any other type, though the bytes may be right.
  const typed = response.headers
    .get("content-type")
    ?.startsWith("application/wasm");
  const { instance } = typed
    ? await WebAssembly.instantiateStreaming(response, imports())
    : await WebAssembly.instantiate(await response.arrayBuffer(), imports());
  return finish(instance);
}

/**
 * Unpacks the module from `deflated`, raw deflate in base64; resolves to its exports.
 * @param {string} deflated
 */
export async function unpack(deflated) {
  const bytes = Uint8Array.from(atob(deflated), (c) => c.charCodeAt(0));
  const inflated = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream("deflate-raw"));
  const wasm = await new Response(inflated).arrayBuffer();
  return finish((await WebAssembly.instantiate(wasm, imports())).instance);
}
