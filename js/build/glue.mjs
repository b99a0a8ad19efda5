// Fits wasm-bindgen's glue to our loaders.

/** The copy that wasm-bindgen makes of a JavaScript file of the crate. */
const SNIPPET = /(["'])\.\/snippets\/[^/"']+\/(src\/[^"']+)\1/g;
/** Functions of the glue that js/load.js calls in place of its `init`, which carries 0.4 KB brotli of other ways to load. */
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
