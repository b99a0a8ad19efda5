// The npm entry "spoor/url": streams spoor.wasm from beside itself, where the bundler knows `new URL(..., import.meta.url)`.
// @ts-check
import { stream } from "./load.js";
import { partOf } from "./parts.js";
import { starter } from "./start.js";

export const init = starter(
  () => stream(new URL("./spoor.wasm", import.meta.url)),
  partOf,
);
