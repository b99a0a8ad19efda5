// Fits wasm-bindgen's glue to our loaders.

/** The copy that wasm-bindgen makes of a JavaScript file of the crate. */
const SNIPPET = /(["'])\.\/snippets\/[^/"']+\/(src\/[^"']+)\1/g;
/** Functions of the glue that js/load.js calls in place of its `init`, which carries other ways to load. */
const INSIDE = {
  __wbg_get_imports: "imports",
  __wbg_finalize_init: "finish",
};

/** Returns `source` with imports of snippets led to the crate's own files, so that there is one instance of each. */
export function withOwnFiles(source) {
  return source.replace(SNIPPET, '"../../$2"');
}

/** Returns the glue with what js/load.js needs of its inside. */
export function withInside(glue) {
  for (const name of Object.keys(INSIDE)) {
    if (!glue.includes(`function ${name}(`)) {
      throw new Error(`glue: wasm-bindgen writes no ${name} any more`);
    }
  }
  const names = Object.entries(INSIDE).map(([name, as]) => `${name} as ${as}`);
  return `${glue}\nexport { ${names.join(", ")} };\n`;
}

/** Functions of the glue that serve what never happens here, with what stands in their place. */
const LIGHTER = {
  // Texts are short: encoding them at once is as fast as writing ASCII letter by letter first.
  passStringToWasm0: `(arg, malloc) {
    const bytes = cachedTextEncoder.encode(arg);
    const ptr = malloc(bytes.length, 1) >>> 0;
    getUint8ArrayMemory0().set(bytes, ptr);
    WASM_VECTOR_LEN = bytes.length;
    return ptr;
}`,
  // Safari's TextDecoder gives out after 2 GiB, which no page comes near.
  decodeText: `(bytes) {
    return cachedTextDecoder.decode(bytes);
}`,
};

/** Returns the glue with lighter functions, 0.2 KB brotli less; stops the build where wasm-bindgen names them otherwise. */
export function lighter(glue) {
  for (const [name, instead] of Object.entries(LIGHTER)) {
    const whole = new RegExp(`function ${name}\\([\\s\\S]*?\\n\\}\\n`);
    if (!whole.test(glue))
      throw new Error(`glue: wasm-bindgen writes no ${name} any more`);
    glue = glue.replace(whole, `function ${name}${instead}\n`);
  }
  return glue.replace(
    /(passStringToWasm0\(\w+, wasm\.\w+), wasm\.\w+\)/g,
    "$1)",
  );
}

/** Returns the glue's types with those of what `withInside` exports. */
export const withInsideTypes = (types) => `${types}
export function imports(): WebAssembly.Imports;
export function finish(instance: WebAssembly.Instance): unknown;
`;
