// Says which crate, and which module of spoor, the bytes of a Wasm module belong to. Needs a name section.

const SECTION = { custom: 0, import: 2, code: 10 };
const SECTION_NAMES =
  "custom type import function table memory global export start element code data datacount".split(
    " ",
  );
const FUNCTION_NAMES = 1;
const IMPORTED_FUNCTION = 0;

/** Returns `[{ part, bytes }]`, most first, whose sum is the module less its names. */
export function ledger(wasm) {
  const { sections, imported, bodies, names } = parse(wasm);
  const spent = new Map();
  const add = (part, bytes) => spent.set(part, (spent.get(part) ?? 0) + bytes);
  bodies.forEach((bytes, index) =>
    add(owner(names.get(imported + index)), bytes),
  );
  for (const { name, bytes } of sections) add(`(${name} section)`, bytes);
  return [...spent]
    .map(([part, bytes]) => ({ part, bytes }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** Returns the part that a function of this demangled name belongs to: a crate, or a module of spoor. */
export function owner(name) {
  if (!name) return "(no name)";
  // rustc's v0 mangling puts the crate's disambiguator behind its name: `core[1b80778acbf7b3a4]::`.
  const plain = name.replaceAll(/\[[0-9a-f]+\]/g, "");
  // The type's crate pays for a trait's method, unless the type is the language's own.
  const paths = plain.match(/[A-Za-z_]\w*(?:::[A-Za-z_]\w*)+/g);
  if (!paths) return "glue and exports";
  const drop = /drop_in_place|drop_glue/.test(plain) && paths[1];
  const path = drop || (paths.find((p) => p.startsWith("spoor::")) ?? paths[0]);
  const [crate, ...rest] = path.split("::");
  if (crate !== "spoor") return crate;
  const depth = rest[0] === "web" ? 2 : 1;
  // A lower-case segment is a module; anything else already is an item of the crate's root.
  const modules = rest.slice(0, depth).filter((s) => /^[a-z]/.test(s));
  return ["spoor", ...modules].join("::");
}

function parse(wasm) {
  const cursor = { bytes: wasm, at: 8 };
  const sections = [];
  const names = new Map();
  let imported = 0;
  let bodies = [];
  while (cursor.at < wasm.length) {
    const id = wasm[cursor.at++];
    const length = leb(cursor);
    const end = cursor.at + length;
    if (id === SECTION.code) {
      bodies = readBodies(cursor);
    } else if (id === SECTION.custom) {
      const name = text(cursor);
      if (name === "name") readNames(cursor, end, names);
      else sections.push({ name, bytes: length });
    } else {
      if (id === SECTION.import) imported = countImports(cursor);
      sections.push({ name: SECTION_NAMES[id], bytes: length });
    }
    cursor.at = end;
  }
  return { sections, imported, bodies, names };
}

function leb(cursor) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = cursor.bytes[cursor.at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
}

function text(cursor) {
  const length = leb(cursor);
  cursor.at += length;
  return Buffer.from(
    cursor.bytes.subarray(cursor.at - length, cursor.at),
  ).toString();
}

function readBodies(cursor) {
  return Array.from({ length: leb(cursor) }, () => {
    const length = leb(cursor);
    cursor.at += length;
    return length;
  });
}

function readNames(cursor, end, names) {
  while (cursor.at < end) {
    const kind = cursor.bytes[cursor.at++];
    const length = leb(cursor);
    const next = cursor.at + length;
    if (kind === FUNCTION_NAMES) {
      for (let left = leb(cursor); left > 0; left--) {
        const index = leb(cursor);
        names.set(index, text(cursor));
      }
    }
    cursor.at = next;
  }
}

function countImports(cursor) {
  let functions = 0;
  for (let left = leb(cursor); left > 0; left--) {
    text(cursor);
    text(cursor);
    const kind = cursor.bytes[cursor.at++];
    if (kind !== IMPORTED_FUNCTION) {
      // wasm-bindgen's modules import functions only.
      throw new Error(`ledger: an import of kind ${kind} is not understood`);
    }
    leb(cursor);
    functions += 1;
  }
  return functions;
}
