// Fits wasm-bindgen's glue to our loaders. Only numbers and texts cross, so one conversion serves every export.

/** The copy that wasm-bindgen makes of a JavaScript file of the crate. */
const SNIPPET = /(["'])\.\/snippets\/[^/"']+\/(src\/[^"']+)\1/g;
/** An export: name, parameters, body. */
const EXPORT = /^export function (\w+)\(([^)]*)\) \{\n([\s\S]*?)^\}\n/gm;

/** Returns `source` with imports of snippets led to the crate's own files, so that there is one instance of each. */
export function withOwnFiles(source) {
  return source.replace(SNIPPET, '"../../$2"');
}

/**
 * Returns what is left of the glue: its imports, and `lowered`, by which js/guard.js converts the arguments of every call.
 * `names` tells the bundle by which short name the Wasm exports what our sources call `$name`. Stops the build where
 * wasm-bindgen's own functions do anything else. `exported` are the names of all exports of the Wasm.
 */
export function thin(glue, snippets, exported) {
  const one = (pattern, what) => {
    const found = pattern.exec(glue);
    if (!found)
      throw new Error(`glue: wasm-bindgen writes no ${what} any more`);
    return found[1] ?? found[0];
  };
  const memory = one(/new Uint8Array\(wasm\.(\w+)\.buffer\)/, "memory");
  const malloc = one(/passStringToWasm0\(\w+, wasm\.(\w+)/, "malloc");
  let imports = one(/^function __wbg_get_imports[\s\S]*?^\}\n/m, "imports");
  // Where no object crosses, the table of objects serves nobody.
  const table = /= wasm\.\w+;\n( +table\.set\(.*\);\n)+/;
  if (!table.test(imports) || /addHeapObject|addToExternref/.test(imports))
    throw new Error("glue: an import takes or returns more than texts");
  imports = imports
    .replace(
      /^ +\w+: function\(\) \{\n +const table = .*\n( +table\.set\(.*\);\n)+ +\},\n/m,
      "",
    )
    .replace(/^ +__proto__: null,\n/gm, "")
    .replace("__wbg_get_imports", "imports");
  // What the Wasm imports as it is: a namespace object costs a bundle more than its members.
  const passedOn = snippets.map(({ file, source }) => {
    const [, list, from] = /\{ (.*) \} from (".*");/.exec(source);
    const members = list.split(", ").map((member) => member.split(" as "));
    const space = one(
      new RegExp(`import \\* as (\\w+) from "./${file}"`),
      `import of ${file}`,
    );
    const object = members.map(([name, short]) => `${short}: ${name}`);
    imports = imports.replace(`: ${space},`, `: { ${object.join(", ")} },`);
    return { members, from };
  });
  // js/guard.js takes every export over: the bundle must give none of their names to a member of its own.
  const names = Object.fromEntries(exported.map((name) => [`$_${name}`, name]));
  for (const [, name, parameters, body] of glue.matchAll(EXPORT)) {
    const short = plainCall(name, parameters.split(", "), body);
    delete names[`$_${short}`];
    names[`$${name}`] = short;
  }
  return `${glue.match(/^import \{.*$/gm).join("\n")}
${passedOn.map(({ members, from }) => `import { ${members.map(([name]) => name)} } from ${from};`).join("\n")}

let wasm;
// A page's Wasm keeps far under 2 GiB, so that every address is a positive number.
const decoder = new TextDecoder();
const encoder = new TextEncoder();

function getStringFromWasm0(ptr, len) {
    return decoder.decode(new Uint8Array(wasm.${memory}.buffer, ptr, len));
}

${imports}
/** Returns arguments as the Wasm takes them: of a text, where it lies and how long it is. */
function lowered(args) {
    const out = [];
    for (const arg of args) {
        if (typeof arg !== "string") out.push(arg);
        else {
            const bytes = encoder.encode(arg);
            const ptr = wasm.${malloc}(bytes.length, 1);
            new Uint8Array(wasm.${memory}.buffer, ptr).set(bytes);
            out.push(ptr, bytes.length);
        }
    }
    return out;
}

function finish({ exports }) {
    return (wasm = exports);
}

export { finish, imports, lowered };
export const names = ${JSON.stringify(names)};
`;
}

/** Returns the short name that an export calls, its parameters one after another: a text as address and length, else a number. */
function plainCall(name, parameters, body) {
  const from = new Map(
    [
      ...body.matchAll(
        /(\w+) = (?:\+|BigInt\.asIntN\(64, |passStringToWasm0\()(\w+)/g,
      ),
    ].map(([, local, parameter]) => [local, parameter]),
  );
  const call = body.slice(body.lastIndexOf("wasm."));
  const [, short, list] = /wasm\.(\w+)\(([^()]*)\);\n/.exec(call);
  const passed = list
    .split(", ")
    .filter((local) => !/^len\d+$/.test(local))
    .map((local) => from.get(local) ?? local);
  const result = call.split("\n")[1].trim();
  if (
    passed.join() !== parameters.join() ||
    !["", "return ret !== 0;"].includes(result)
  )
    throw new Error(
      `glue: ${name}(${parameters}) is bound as (${passed}), then ${result}`,
    );
  return short;
}

/** The types of the glue. */
export const TYPES = `
export function imports(): WebAssembly.Imports;
export function finish(instance: WebAssembly.Instance): Record<string, any>;
export function lowered(args: any[]): any[];
export const names: Record<string, string>;
`;
