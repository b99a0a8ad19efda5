// Builds the examples of www/examples with Vite, as a shop does, in what their frameworks run while a shop is made, where they say
// what is wrong, or in what visitors get.
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";
import { root } from "../../../js/build/command.mjs";
import { filesUnder } from "../../../js/build/stamp.mjs";

const EXAMPLES = join(root, "www/examples");
const BUILT = join(root, "target/examples");
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
};
/** React's profiler marks its work in the console, which Firefox tells as lines. */
const QUIET = "<script>console.timeStamp = undefined</script>";
const REACT_18 = { react: "react-18", "react-dom": "react-dom-18" };

/** The frameworks, and which example is built in which. */
export const frameworks = [
  { name: "React 19", example: "react" },
  { name: "React 18", example: "react", alias: REACT_18 },
  { name: "Vue 3", example: "vue" },
  { name: "custom element", example: "element" },
];

const built = new Map();

/** Builds something once: its page under a path of its own, or a module for a server. */
function once({ name, example, alias }, { mode, what, ...input }) {
  const folder = `${name}-${what}-${mode}`.toLowerCase().replaceAll(" ", "-");
  const outDir = join(BUILT, folder);
  const base = `/examples/${folder}/`;
  const making = () =>
    build({
      root: join(EXAMPLES, example),
      base,
      mode,
      logLevel: "error",
      define: { "process.env.NODE_ENV": JSON.stringify(mode) },
      resolve: { alias },
      // The server's module too has the framework in it: of two versions, and as it is while a shop is made.
      ssr: { noExternal: true },
      build: {
        outDir,
        emptyOutDir: true,
        minify: mode === "production",
        reportCompressedSize: false,
        ...input,
      },
    }).then(() => ({ outDir, base }));
  if (!built.has(folder)) built.set(folder, making());
  return built.get(folder);
}

/** Puts what was built on a stage, each file at its path. */
function put({ front }, { outDir, base }, change = (body) => body) {
  for (const file of filesUnder(outDir)) {
    const type = TYPES[extname(file)];
    const body = readFileSync(file, "utf8");
    const page = { type, body: type === TYPES[".html"] ? change(body) : body };
    front.replaced.set(base + relative(outDir, file), page);
  }
}

/** Puts a framework's example on a stage, with `content` in its #app; resolves to its path. */
export async function putExample(stage, framework, content = "") {
  const made = await once(framework, { mode: "development", what: "page" });
  put(stage, made, (page) =>
    page
      .replace("<head>", `<head>${QUIET}`)
      .replace('<div id="app">', `<div id="app">${content}`),
  );
  return `${made.base}index.html`;
}

/** Resolves to what the example's server renders. */
export async function rendered(framework) {
  const [entry] = readdirSync(join(EXAMPLES, framework.example)).filter(
    (file) => file.startsWith("server."),
  );
  const { outDir } = await once(framework, {
    mode: "development",
    what: "server",
    ssr: entry,
  });
  const file = join(outDir, "server.js");
  const { render } = await import(pathToFileURL(file).href);
  return render();
}

/** Puts a page on a stage that runs a module of this folder for a framework, in what visitors get; resolves to its path. */
export async function putModule(stage, framework, what) {
  const made = await once(framework, {
    mode: "production",
    what,
    rollupOptions: {
      input: join(import.meta.dirname, `${what}-${framework.example}.js`),
      output: { entryFileNames: "main.js" },
    },
  });
  put(stage, made);
  const path = `${made.base}${what}.html`;
  const body = `<!doctype html><html lang="en"><title>${what}</title><link rel="icon" href="data:," /><div id="app"></div>
    <script type="module" src="main.js"></script>`;
  stage.front.replaced.set(path, { type: TYPES[".html"], body });
  return path;
}

/** Says in the page whether spoor runs on it; hands it to the spec. */
export const isRunning = () => {
  window[Symbol.for("spoor")]?.then((spoor) => (window.spoor = spoor));
  return window.spoor?.status().state === "running";
};
