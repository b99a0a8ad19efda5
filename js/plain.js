// The Wasm, translated to JavaScript: for pages that bar it by their `Content-Security-Policy`, and browsers that have none, as in
// Apple's Lockdown Mode. Loaded only there.
// @ts-check
export { instantiate } from "#plain";
