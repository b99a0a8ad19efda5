// The npm entry "spoor/heatmap": reads chunks of heatmap points, docs/wire.md. Says of any bytes what src/heatmap.rs says of them.
// @ts-check
/** @import { Anchor, Broken, Chunk, Frame, Kind, Point, Pointer } from "./heatmap.d.ts" */

/** As in src/heatmap.rs, where they have their reasons. */
const VERSION = 2;
const MAX_ANCHORS = 512;
const MAX_POINTS = 2048;
const MAX_SELECTOR_BYTES = 512;
const STEP_MS = 10;
const MOVE_MS = 50;
const MOVE_PX = 4;

/** @type {Kind[]} */
const KINDS = ["click", "move", "hover", "rage", "dead"];
/** @type {Pointer[]} */
const POINTERS = ["mouse", "touch", "pen", "key"];

const MAX_U32 = 0xffffffff;
const U32_BITS = 32;
/** Highest bit of what begins a point that is told whole, and the bit that says that its anchor follows. */
const [WHOLE, TURNS] = [0x80, 1 << 3];

/** What the first point is told against; no anchor has this index. @type {Point} */
const START = {
  kind: "click",
  pointer: "mouse",
  anchor: MAX_U32,
  at: [0, 0],
  t: 0,
};

/**
 * Returns what a chunk holds; throws a `Broken` where it is none.
 * @param {string | Uint8Array} data @returns {Chunk}
 */
export function unpack(data) {
  const reader = readerOf(
    typeof data === "string" ? decode(data) : checked(data),
  );
  if (reader.byte() !== VERSION) {
    throw broken(`not a chunk of version ${VERSION}`, 0);
  }
  const selectors = reader.list(MAX_ANCHORS, "too many selectors", () =>
    reader.text(),
  );
  const anchors = reader.list(MAX_ANCHORS, "too many anchors", () =>
    anchor(reader, selectors.length),
  );
  let before = START;
  const points = reader.list(
    MAX_POINTS,
    "too many points",
    () => (before = point(reader, before, anchors.length)),
  );
  if (!reader.done()) throw reader.broken("bytes after the last point");
  return { selectors, anchors, points };
}

/** @param {Reader} reader @param {number} selectors how many there are @returns {Anchor} */
function anchor(reader, selectors) {
  const known = (/** @type {number} */ index) => {
    if (index < selectors) return index;
    throw reader.broken("no such selector");
  };
  const selector = known(reader.varint());
  return { selector, frame: frame(reader, known), rect: rect(reader) };
}

/** @param {Reader} reader @param {(index: number) => number} known @returns {Frame} */
function frame(reader, known) {
  const code = reader.varint();
  if (code === 0) return "page";
  if (code === 1) return "window";
  const scroller = known(code - 2);
  return { scroller, scrolled: [reader.varint(), reader.varint()] };
}

/** @param {Reader} reader @returns {Anchor["rect"]} */
const rect = ({ varint }) => [varint(), varint(), varint(), varint()];

/** Reads the point behind another. @param {Reader} reader @param {Point} before @param {number} anchors how many there are
 * @returns {Point} */
function point(reader, before, anchors) {
  const head = reader.byte();
  if (!(head & WHOLE)) return step(reader, before, head);
  const kind = KINDS[(head >> 4) & 7];
  if (!kind) throw reader.broken("unknown kind of point");
  const index = head & TURNS ? reader.varint() : before.anchor;
  if (index >= anchors) throw reader.broken("no such anchor");
  const t = time(reader, before.t);
  const [x, y] = before.at;
  /** @type {Point} */
  const read = {
    kind,
    pointer: POINTERS[(head >> 1) & 3],
    anchor: index,
    at: [moved(x, way(reader)), moved(y, way(reader))],
    t,
  };
  if (kind === "hover") read.stayed = time(reader, 0);
  return read;
}

/** Reads a move that two bytes tell, of which one was read. @param {Reader} reader @param {Point} before @param {number} head
 * @returns {Point} */
function step(reader, { pointer, anchor, at: [x, y], t }, head) {
  const rest = reader.byte();
  if (anchor === MAX_U32) throw reader.broken("a step from nowhere");
  return {
    kind: "move",
    pointer,
    anchor,
    at: [
      moved(x, signed(head, 7) * MOVE_PX),
      moved(y, signed(rest >> 2, 6) * MOVE_PX),
    ],
    t: Math.min(t + ((rest & 3) + 1) * MOVE_MS, MAX_U32),
  };
}

/** Reads a time as so many steps since another. @param {Reader} reader @param {number} since */
function time(reader, since) {
  const ms = reader.varint() * STEP_MS + since;
  if (ms > MAX_U32) throw reader.broken("time out of range");
  return ms;
}

/** Reads a signed number. @param {Reader} reader */
function way({ varint }) {
  const number = varint();
  return (number >>> 1) ^ -(number & 1);
}

/** Places wrap around, as in Rust. @param {number} place @param {number} by */
const moved = (place, by) => (place + by) >>> 0;

/** Returns what the lowest `bits` say, the highest of them being the sign. @param {number} number @param {number} bits */
const signed = (number, bits) =>
  (number << (U32_BITS - bits)) >> (U32_BITS - bits);

/** @typedef {ReturnType<typeof readerOf>} Reader */

/** Reads one thing after the other out of some bytes; `broken` says where it stands. @param {Uint8Array} bytes */
function readerOf(bytes) {
  let at = 0;
  const stop = (/** @type {string} */ reason) => broken(reason, at);
  const byte = () => {
    if (at < bytes.length) return bytes[at++];
    throw stop("ends too early");
  };
  const varint = () => {
    for (let number = 0, shift = 0; shift < U32_BITS; shift += 7) {
      const next = byte();
      const bits = next & 0x7f;
      if ((bits << shift) >>> shift !== bits) break;
      number |= bits << shift;
      if (next < 0x80) return number >>> 0;
    }
    throw stop("number out of range");
  };
  const count = (/** @type {number} */ most, /** @type {string} */ reason) => {
    const counted = varint();
    if (counted > most) throw stop(reason);
    return counted;
  };
  return {
    broken: stop,
    byte,
    varint,
    done: () => at === bytes.length,
    text() {
      const end = count(MAX_SELECTOR_BYTES, "selector too long") + at;
      if (end > bytes.length) throw stop("ends too early");
      const text = utf8(bytes.subarray(at, end));
      if (text === undefined) throw stop("selector is not UTF-8");
      at = end;
      return text;
    },
    /** Grows with what is read: a count alone makes nothing. @template T @param {number} most @param {string} reason
     * @param {() => T} one @returns {T[]} */
    list(most, reason, one) {
      const all = [];
      for (let left = count(most, reason); left > 0; left--) all.push(one());
      return all;
    },
  };
}

/** Refuses what is no Uint8Array; one of another realm is. @param {Uint8Array} data */
function checked(data) {
  const kind = Object.prototype.toString.call(data).slice(8, -1);
  if (kind === "Uint8Array") return data;
  throw new TypeError(`${kind} is not a chunk: give text or a Uint8Array`);
}

/** Returns the text, or `undefined` where it is none. @param {Uint8Array} bytes */
function utf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch {}
}

/** @param {string} reason @param {number} offset @returns {Broken} */
const broken = (reason, offset, at = "not a heatmap chunk at its byte") =>
  Object.assign(new Error(`${at} ${offset}: ${reason}`), { reason, offset });

const ALPHABET =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Returns the bytes that base64url stands for, as src/base64.rs does. @param {string} text */
function decode(text) {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  const refused = (/** @type {number} */ index) =>
    broken("not base64url without padding", index, "at character");
  let [bits, held, at] = [0, 0, 0];
  for (let index = 0; index < text.length; index++) {
    const digit = ALPHABET.indexOf(text[index]);
    if (digit < 0) throw refused(index);
    bits = (bits << 6) | digit;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = bits >> held;
      bits &= (1 << held) - 1;
    }
  }
  // A last group of one digit says less than a byte; leftover bits that are set were never written by an encoder.
  if (held === 6 || bits) throw refused(text.length);
  return bytes;
}
