// The npm entry "spoor/heatmap": reads chunks of heatmap points, docs/wire.md. Says of any bytes what src/heatmap.rs says of them.
// @ts-check
/** @import { Anchor, Broken, Chunk, Kind, Point, Pointer } from "./heatmap.d.ts" */

/** As in src/heatmap.rs, where they have their reasons. */
const [OLD_VERSION, VERSION] = [3, 4];
const MAX_ANCHORS = 512;
const MAX_POINTS = 2048;
const MAX_SELECTOR_BYTES = 512;
/** Stands for a number in the shape of a selector. */
const SOME_NUMBER = 48;
const STEP_MS = 10;
const MOVE_MS = 50;
const MOVE_PX = 4;

/** @type {Kind[]} */
const KINDS = ["click", "move", "hover", "rage", "dead"];
/** @type {Pointer[]} */
const POINTERS = ["mouse", "touch", "pen", "key"];

/** Codes of frames below this: the page, and the window. From it on they are indices of selectors. */
const SCROLLERS = 2;
/** What the first anchor is told against. */
const NOWHERE = Array(8).fill(0);

const MAX_U32 = 0xffffffff;
const U32_BITS = 32;
/** Highest bit of what begins a point that is told whole, and the bits that say that its anchor is another, and which. */
const [WHOLE, TURNS, NEXT] = [0x80, 1 << 3, 1];

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
  const version = reader.byte();
  if (version !== OLD_VERSION && version !== VERSION)
    throw broken(`not a chunk of version ${OLD_VERSION} or ${VERSION}`, 0);
  const isOld = version === OLD_VERSION;
  /** Shapes of selectors; of the old version, the selectors themselves. @type {Uint8Array[]} */
  const shapes = [];
  /** Of each selector the index of its shape; of an old one, how far before it that stands by which it is told. @type {number[]} */
  const kins = [];
  const selectors = reader.list(MAX_ANCHORS, "too many selectors", () => {
    const kin = reader.varint();
    kins.push(kin);
    return (isOld ? oldSelector : selector)(reader, kin, shapes);
  });
  /** The selector that is expected next. */
  let next = 0;
  /** The last one first. @type {Place[]} */
  const places = [];
  const anchors = reader.list(MAX_ANCHORS, "too many anchors", () => {
    const read = place(reader, isOld, places, kins, next);
    const [selector, frame] = read;
    next = Math.max(next, selector + 1, frame - 1);
    places.unshift(read);
    return anchor(read);
  });
  const state = { anchors, named: 0, before: START };
  const points = reader.list(
    MAX_POINTS,
    "too many points",
    () => (state.before = point(reader, state)),
  );
  if (!reader.done()) throw reader.broken("bytes after the last point");
  return { selectors, anchors, points };
}

/** Reads a selector by its shape, which is told with the first that has it. @param {Reader} reader @param {number} kin
 * @param {Uint8Array[]} shapes */
function selector(reader, kin, shapes) {
  if (kin === shapes.length)
    shapes.push(reader.sharing(shapes.at(-1) ?? NONE, reader.varint(), 0));
  if (!shapes[kin]) throw reader.broken("no such shape");
  /** @type {number[]} */
  const text = [];
  for (const byte of shapes[kin]) {
    if (byte !== SOME_NUMBER) text.push(byte);
    else
      for (const digit of `${reader.varint()}`) text.push(digit.charCodeAt(0));
  }
  if (text.length > MAX_SELECTOR_BYTES)
    throw reader.broken("selector too long");
  return reader.utf8(Uint8Array.from(text));
}

/** Reads a selector of the old version, which shares its beginning and its end with the one so far before it. @param {Reader} reader
 * @param {number} back 0 for none @param {Uint8Array[]} before */
function oldSelector(reader, back, before) {
  const other = back ? before[before.length - back] : NONE;
  if (!other) throw reader.broken("no such selector");
  const [first, last] = back ? [reader.varint(), reader.varint()] : [0, 0];
  const text = reader.sharing(other, first, last);
  before.push(text);
  return reader.utf8(text);
}

/** Refuses the index of a selector where there are not so many. @param {Reader} reader @param {number} index
 * @param {number} selectors */
function check(reader, index, selectors) {
  if (index >= selectors) throw reader.broken("no such selector");
}

/**
 * An anchor as numbers: its selector; its frame, 0 the page, 1 the window, 2 and more that plus the index of a box's selector; how far
 * right and down the box is scrolled, 0 where there is none; its `rect`.
 * @typedef {number[]} Place
 */

/** Reads how an anchor differs from the last one whose selector is alike; where there is none, from the one before.
 * @param {Reader} reader @param {boolean} isOld @param {Place[]} before the last one first @param {number[]} kins of each selector
 * @param {number} next the selector that is expected @returns {Place} */
function place(reader, isOld, before, kins, next) {
  const head = reader.byte();
  const selector = head & 1 ? moved(next, reader.signed()) : next;
  check(reader, selector, kins.length);
  const kin = kins[selector];
  const like = before.find(([one]) =>
    isOld ? one === selector || one === selector - kin : kins[one] === kin,
  );
  const [, frame, ...rest] = (like ?? before[0] ?? NOWHERE).map((from, bit) =>
    bit && head & (1 << bit) ? moved(from, reader.signed()) : from,
  );
  if (frame >= SCROLLERS) check(reader, frame - SCROLLERS, kins.length);
  return [selector, frame, ...rest];
}

/** Returns what the numbers of an anchor say. @param {Place} place @returns {Anchor} */
function anchor([selector, frame, right, down, x, y, width, height]) {
  const named = frame ? "window" : "page";
  return {
    selector,
    frame:
      frame < SCROLLERS
        ? named
        : { scroller: frame - SCROLLERS, scrolled: [right, down] },
    rect: [x, y, width, height],
  };
}

/** Reads the point behind another. @param {Reader} reader
 * @param {{ anchors: Anchor[], named: number, before: Point }} state `named` counts the anchors that points have named
 * @returns {Point} */
function point(reader, state) {
  const { anchors, before } = state;
  const head = reader.byte();
  if (!(head & WHOLE)) return step(reader, before, head);
  const kind = KINDS[(head >> 4) & 7];
  if (!kind) throw reader.broken("unknown kind of point");
  const turns = head & TURNS;
  const isNext = head & NEXT;
  const told = turns && !isNext ? reader.varint() : state.named;
  const index = turns ? told : before.anchor;
  if (index >= anchors.length) throw reader.broken("no such anchor");
  if (index === state.named) state.named++;
  const t = time(reader, before.t);
  const [x, y] = turns ? middle(anchors[index]) : before.at;
  const px = kind === "move" ? MOVE_PX : 1;
  /** @type {Point} */
  const read = {
    kind,
    pointer: POINTERS[(head >> 1) & 3],
    anchor: index,
    at: [moved(x, reader.signed() * px), moved(y, reader.signed() * px)],
    t,
  };
  if (kind === "hover") read.stayed = time(reader, 0);
  return read;
}

/** Whoever aims at an anchor is near its middle. @param {Anchor} anchor */
const middle = ({ rect: [left, top, width, height] }) => [
  moved(left, width >>> 1),
  moved(top, height >>> 1),
];

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

/** Places wrap around, as in Rust. @param {number} place @param {number} by */
const moved = (place, by) => (place + by) >>> 0;

/** Returns what the lowest `bits` say, the highest of them being the sign. @param {number} number @param {number} bits */
const signed = (number, bits) =>
  (number << (U32_BITS - bits)) >> (U32_BITS - bits);

const NONE = new Uint8Array();

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
    signed() {
      const number = varint();
      return (number >>> 1) ^ -(number & 1);
    },
    done: () => at === bytes.length,
    /** Reads a text that begins and ends with so many bytes of another. @param {Uint8Array} other @param {number} first
     * @param {number} last */
    sharing(other, first, last) {
      if (first + last > other.length) throw stop("more shared than there is");
      const most = MAX_SELECTOR_BYTES - first - last;
      const end = count(most, "selector too long") + at;
      if (end > bytes.length) throw stop("ends too early");
      const own = bytes.subarray(at, end);
      at = end;
      const [begin, rest] = [other.subarray(0, first), other.length - last];
      return Uint8Array.of(...begin, ...own, ...other.subarray(rest));
    },
    /** Returns the text that bytes are. @param {Uint8Array} bytes */
    utf8(bytes) {
      const text = utf8(bytes);
      if (text === undefined) throw stop("selector is not UTF-8");
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
