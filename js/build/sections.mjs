// Reads and writes the outer structure of a Wasm module: sections, LEB128 numbers, names.

const MAGIC_BYTES = 8;

/** Ids of sections that this build looks into. */
export const SECTION = { custom: 0, import: 2, export: 7, code: 10 };

/** Splits a module into `[{ id, body }]`. */
export function split(wasm) {
  const reader = readerOf(wasm, MAGIC_BYTES);
  const sections = [];
  while (!reader.done()) {
    const id = reader.byte();
    sections.push({ id, body: reader.bytes(reader.number()) });
  }
  return sections;
}

/** Puts sections together to a module again. */
export function join(wasm, sections) {
  return Buffer.concat([
    wasm.subarray(0, MAGIC_BYTES),
    ...sections.flatMap(({ id, body }) => [
      Buffer.from([id]),
      number(body.length),
      body,
    ]),
  ]);
}

/** Reads one thing after the other out of some bytes. */
export function readerOf(bytes, at = 0) {
  const reader = {
    done: () => at >= bytes.length,
    byte: () => bytes[at++],
    bytes: (length) => bytes.subarray(at, (at += length)),
    rest: () => bytes.subarray(at),
    text: () => Buffer.from(reader.bytes(reader.number())).toString(),
    number() {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++];
        value += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) return value;
      }
    },
  };
  return reader;
}

/** Writes a number as unsigned LEB128. */
export function number(value) {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 0x80)) {
    bytes.push((value & 0x7f) | 0x80);
  }
  return Buffer.from([...bytes, value]);
}

/** Writes a name with its length before it. */
export function text(name) {
  const bytes = Buffer.from(name);
  return Buffer.concat([number(bytes.length), bytes]);
}
