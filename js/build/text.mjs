// Bytes as ASCII text for a script, which `unpack` in js/load.js reads. Unlike base64 it leaves most bytes where they were and
// whole, so that a server's brotli finds in it what it finds in the Wasm: 3 % more bytes, and 13 % for base64 of deflate. Plain
// bytes would need a script that is read as UTF-8 everywhere, which a page in another charset does not promise.

/** Added to each byte: of all 256 the one with which brotli leaves least of the Wasm. */
const SHIFT = 35;
const FIRST = 32;
/** The first of eight signs that, with a sign behind, stand for what is no sign by itself. */
const PAIR = 118;
const PAIRED = 40;
/** Between FIRST and PAIR, but an end or an escape within a string. */
const UNFIT = ['"', "\\"].map((sign) => sign.charCodeAt(0));

/** @param {Uint8Array} bytes */
export function textOf(bytes) {
  let text = "";
  for (const byte of bytes) {
    const code = (byte + SHIFT) & 255;
    const fits = code >= FIRST && code < PAIR && !UNFIT.includes(code);
    text += fits
      ? String.fromCharCode(code)
      : String.fromCharCode(PAIR + (code >> 5), PAIRED + (code & 31));
  }
  return text;
}
