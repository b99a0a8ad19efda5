// Gives the imports and exports between the Wasm and its glue short names, in both: a kilobyte of brotli less.
import { SECTION, join, number, readerOf, split, text } from "./sections.mjs";

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const FUNCTION = 0;
/** wasm-bindgen's own module; every other one is a file of snippets. */
const OWN = "./spoor_bg.js";

/**
 * Returns `{ wasm, glue, snippets }`: the module and its glue under short names, and for each file of snippets
 * `{ file, source }`, a module that passes on what the Wasm imports of it.
 */
export function shorten(wasm, glue) {
  const sections = split(wasm);
  const imports = readImports(bodyOf(sections, SECTION.import));
  const exports = readExports(bodyOf(sections, SECTION.export));
  const short = {
    modules: named(imports.map(({ module }) => module)),
    imports: named(imports.map(key)),
    exports: named(exports.map(({ name }) => name)),
  };
  const bodies = {
    [SECTION.import]: writeImports(imports, short),
    [SECTION.export]: writeExports(exports, short),
  };
  const shortened = sections.map(({ id, body }) => ({
    id,
    body: bodies[id] ?? body,
  }));
  return {
    wasm: join(wasm, shortened),
    ...rename(glue, imports, exports, short),
  };
}

const key = ({ module, name }) => `${module} ${name}`;
const bodyOf = (sections, wanted) =>
  sections.find(({ id }) => id === wanted).body;

/** Returns a short name for each of some names. */
function named(names) {
  return new Map([...new Set(names)].map((name, n) => [name, letters(n)]));
}

function letters(n) {
  const last = LETTERS[n % LETTERS.length];
  const before = Math.floor(n / LETTERS.length);
  return before ? letters(before - 1) + last : last;
}

function readImports(body) {
  const reader = readerOf(body);
  return Array.from({ length: reader.number() }, () => {
    const [module, name] = [reader.text(), reader.text()];
    if (reader.byte() !== FUNCTION) {
      throw new Error(`shorten: the import ${name} is not a function`);
    }
    return { module, name, type: reader.number() };
  });
}

function writeImports(imports, short) {
  const entries = imports.flatMap((entry) => [
    text(short.modules.get(entry.module)),
    text(short.imports.get(key(entry))),
    Buffer.from([FUNCTION]),
    number(entry.type),
  ]);
  return Buffer.concat([number(imports.length), ...entries]);
}

function readExports(body) {
  const reader = readerOf(body);
  return Array.from({ length: reader.number() }, () => ({
    name: reader.text(),
    kind: reader.byte(),
    index: reader.number(),
  }));
}

function writeExports(exports, short) {
  const entries = exports.flatMap(({ name, kind, index }) => [
    text(short.exports.get(name)),
    Buffer.from([kind]),
    number(index),
  ]);
  return Buffer.concat([number(exports.length), ...entries]);
}

/** The glue is wasm-bindgen's, in its pinned version: whatever is not found in it stops the build. */
function rename(glue, imports, exports, short) {
  const swap = (pattern, by, what) => {
    if (!pattern.test(glue)) throw new Error(`shorten: no ${what} in the glue`);
    glue = glue.replace(pattern, by);
  };
  for (const { name } of exports) {
    const used = new RegExp(`\\bwasm\\.${name}\\b`, "g");
    // An export may be of use to wasm-bindgen's other targets only.
    glue = glue.replace(used, `wasm.${short.exports.get(name)}`);
  }
  for (const entry of imports.filter(({ module }) => module === OWN)) {
    const defined = new RegExp(`^( +)${entry.name}:`, "m");
    swap(defined, `$1${short.imports.get(key(entry))}:`, entry.name);
  }
  const snippets = [];
  for (const [module, name] of short.modules) {
    const quoted = module.replaceAll(".", "\\.");
    if (module !== OWN) {
      const file = `snippet_${name}.js`;
      const own = imports.filter((entry) => entry.module === module);
      snippets.push({ file, source: passOn(module, own, short) });
      const namespace = new RegExp(
        `(import \\* as \\w+ from )"${quoted}"`,
        "g",
      );
      swap(namespace, `$1"./${file}"`, `import of ${module}`);
    }
    const member = new RegExp(`^ +"${quoted}": (\\w+),\\n`, "gm");
    // wasm-bindgen names a module once per extern block; one of the equal entries is enough.
    let first = true;
    const once = (_, value) => {
      const line = first ? `        ${name}: ${value},\n` : "";
      first = false;
      return line;
    };
    swap(member, once, `entry of ${module}`);
  }
  return { glue, snippets };
}

function passOn(module, entries, short) {
  const names = entries.map(
    (entry) => `${entry.name} as ${short.imports.get(key(entry))}`,
  );
  return `export { ${names.join(", ")} } from "${module}";\n`;
}
