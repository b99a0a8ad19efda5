// The npm entry: the Wasm is inside, so that it works in every bundler.
// @ts-check
import { wasm } from "#inline";
import { unpack } from "./load.js";
import { partOf } from "./parts.js";
import { starter } from "./start.js";

export const init = starter(() => unpack(wasm), partOf);
