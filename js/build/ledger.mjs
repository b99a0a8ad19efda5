// Says which crate, and which module of spoor, the bytes of a Wasm module belong to. Needs a name section.

import { SECTION, readerOf, split } from "./sections.mjs";

const SECTION_NAMES =
  "custom type import function table memory global export start element code data datacount".split(
    " ",
  );
const FUNCTION_NAMES = 1;
const EXPORTS = "spoor::web, what is exported";

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

/** Returns the largest functions, `[{ name, bytes }]`. */
export function largest(wasm, count) {
  const { imported, bodies, names } = parse(wasm);
  return bodies
    .map((bytes, index) => ({ name: names.get(imported + index), bytes }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, count);
}

/** Returns the part that a function of this demangled name belongs to: a crate, or a module of spoor. */
export function owner(name) {
  if (!name) return "(no name)";
  // rustc's v0 mangling puts the crate's disambiguator behind its name: `core[1b80778acbf7b3a4]::`.
  const plain = name.replaceAll(/\[[0-9a-f]+\]/g, "");
  // The type's crate pays for a trait's method, unless the type is the language's own.
  const paths = plain.match(/[A-Za-z_]\w*(?:::[A-Za-z_]\w*)+/g);
  if (!paths) return /^spoor_/.test(plain) ? EXPORTS : "wasm-bindgen's own";
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
  const sections = [];
  const names = new Map();
  let imported = 0;
  let bodies = [];
  for (const { id, body } of split(wasm)) {
    const reader = readerOf(body);
    if (id === SECTION.code) {
      bodies = readBodies(reader);
    } else if (id === SECTION.custom) {
      const name = reader.text();
      if (name === "name") readNames(reader, names);
      else sections.push({ name, bytes: body.length });
    } else {
      // Only functions are imported: shorten.mjs refuses anything else.
      if (id === SECTION.import) imported = reader.number();
      sections.push({ name: SECTION_NAMES[id], bytes: body.length });
    }
  }
  return { sections, imported, bodies, names };
}

function readBodies(reader) {
  return Array.from({ length: reader.number() }, () => {
    const length = reader.number();
    reader.bytes(length);
    return length;
  });
}

function readNames(reader, names) {
  while (!reader.done()) {
    const kind = reader.byte();
    const subsection = readerOf(reader.bytes(reader.number()));
    if (kind !== FUNCTION_NAMES) continue;
    for (let left = subsection.number(); left > 0; left--) {
      const index = subsection.number();
      names.set(index, subsection.text());
    }
  }
}
