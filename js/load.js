// Ways to the Wasm.
// @ts-check
import { finish, imports } from "#glue";
import { warn } from "./guard.js";

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
  const type = "application/wasm";
  const typed = response.headers.get("content-type") === type;
  if (!typed) warn(`${url} should be served as ${type}`);
  const { instance } = typed
    ? await WebAssembly.instantiateStreaming(response, imports())
    : await WebAssembly.instantiate(await response.arrayBuffer(), imports());
  return finish(instance);
}

/**
 * Reads the module from `text`, see `bytesOf`; resolves to its exports.
 * @param {string} text
 */
export async function unpack(text) {
  const wasm = bytesOf(text);
  return finish((await WebAssembly.instantiate(wasm, imports())).instance);
}

/** Returns the bytes that js/build/text.mjs wrote as `text`. @param {string} text */
export function bytesOf(text) {
  const bytes = [];
  for (let at = 0; at < text.length; at++) {
    let code = text.charCodeAt(at);
    if (code >= 118) code = ((code - 118) << 5) + text.charCodeAt(++at) - 40;
    bytes.push(code - 35);
  }
  // What is less than nothing goes round.
  return Uint8Array.from(bytes);
}

/**
 * Resolves to the exports that `load` does, or where it fails, as on a page that bars Wasm, to those of js/plain.js.
 * @param {() => Promise<any>} load @param {(name: string) => Promise<any>} partOf
 */
export const eitherWay = (load, partOf) =>
  load().catch(async (error) => {
    const { instantiate } = await partOf("plain");
    warn(`no Wasm: ${error}`);
    return finish({ exports: instantiate(imports()) });
  });
