// Ways to the Wasm.
// @ts-check
import { connect } from "../src/web/dom.js";
import {
  acted,
  finish,
  flush,
  form,
  hidden,
  identify,
  imports,
  left,
  marked,
  media,
  moved,
  noted,
  pressed,
  scrolled,
  seen,
  settled,
  start,
  status,
  track,
  turned,
  woke,
} from "#glue";

/** The running module: `connect` of src/web/dom.js and the exports of src/web/mod.rs. */
const spoor = {
  ...{ acted, connect, flush, form, hidden, identify, left, marked, media },
  ...{ moved, noted, pressed, scrolled, seen, settled, start, status, track },
  ...{ turned, woke },
};

/**
 * Streams the module from `url`.
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
  finish(instance);
  return spoor;
}

/**
 * Unpacks the module from `deflated`, raw deflate in base64.
 * @param {string} deflated
 */
export async function unpack(deflated) {
  const bytes = Uint8Array.from(atob(deflated), (c) => c.charCodeAt(0));
  const inflated = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream("deflate-raw"));
  const wasm = await new Response(inflated).arrayBuffer();
  finish((await WebAssembly.instantiate(wasm, imports())).instance);
  return spoor;
}
