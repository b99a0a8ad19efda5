// What the package is tried with. Each app lies in a folder beside this file, with no more than a shop would write: `main` is
// what imports spoor, `build` is run in it, and `serve` is what is then on the web.

/** What becomes of an entry: it runs as Wasm, or it does not start. */
export const WASM = "Wasm";
export const NEVER = "no";

/** Puts the Wasm where a bundle that keeps `new URL("./spoor.wasm", import.meta.url)` as it is looks for it. */
const BESIDE = "cp node_modules/spoor/dist/spoor.wasm dist/";

/** Next.js says so on a build machine. */
const NO_CACHE = /No build cache found/;

/** Returns an app for each entry. The one for `spoor/url` may be built otherwise. */
const both = ({ url = {}, ...app }) => [
  { ...app, entry: "spoor", expect: WASM },
  { ...app, entry: "spoor/url", expect: WASM, ...url },
];

/** One build, of which each entry has a page. */
const routed = (app) => [
  { ...app, entry: "spoor", expect: WASM, path: "/" },
  { ...app, entry: "spoor/url", expect: WASM, path: "/url" },
];

export const apps = [
  ...both({
    bundler: "Vite",
    packages: ["vite"],
    folders: ["vite"],
    main: "main.js",
    build: ["vite build"],
    serve: { "/": "dist" },
    everywhere: true,
  }),
  ...both({
    bundler: "Vite, dev server",
    packages: ["vite"],
    folders: ["vite"],
    main: "main.js",
    build: [],
    start: (port) => `vite --host 127.0.0.1 --port ${port} --strictPort`,
    // It would bundle spoor beforehand, and leave the Wasm behind.
    url: { folders: ["vite", "vite-url"] },
  }),
  ...both({
    bundler: "webpack",
    packages: ["webpack"],
    folders: ["webpack"],
    main: "src/index.js",
    build: ["webpack --mode production"],
    serve: { "/": "." },
    everywhere: true,
  }),
  ...both({
    bundler: "Rollup",
    packages: ["rollup"],
    folders: ["rollup"],
    main: "main.js",
    build: ["rollup -c"],
    serve: { "/": "." },
    url: { build: ["rollup -c", BESIDE] },
  }),
  ...both({
    bundler: "esbuild, ESM",
    packages: ["esbuild"],
    folders: ["esbuild"],
    main: "main.js",
    build: [
      "esbuild main.js --bundle --minify --splitting --format=esm --outdir=dist",
    ],
    serve: { "/": "." },
    url: {
      build: [
        "esbuild main.js --bundle --minify --splitting --format=esm --outdir=dist",
        BESIDE,
      ],
    },
  }),
  ...both({
    bundler: "esbuild, IIFE",
    packages: ["esbuild"],
    folders: ["esbuild"],
    main: "main.js",
    build: ["esbuild main.js --bundle --minify --outdir=dist"],
    serve: { "/": "." },
    // A classic script has no `import.meta`, of which esbuild warns.
    url: { expect: NEVER, warned: /"import\.meta" is not available/ },
  }),
  ...both({
    bundler: "Parcel",
    packages: ["parcel"],
    folders: ["parcel"],
    main: "main.js",
    build: ["parcel build index.html"],
    // Where the lock file lies is the project whose settings count.
    lock: true,
    serve: { "/": "dist" },
    // Without that setting it knows the main entry only.
    url: { folders: ["parcel", "parcel-url"] },
  }),
  ...both({
    bundler: "Rspack",
    packages: ["@rspack/core"],
    folders: ["rspack"],
    main: "src/index.js",
    build: ["rspack build"],
    serve: { "/": "." },
  }),
  ...routed({
    bundler: "Next.js, server",
    packages: ["next"],
    warned: NO_CACHE,
    folders: ["next"],
    build: ["next build"],
    start: (port) => `next start --hostname 127.0.0.1 --port ${port}`,
  }),
  ...routed({
    bundler: "Next.js, static export",
    packages: ["next"],
    warned: NO_CACHE,
    folders: ["next", "next-export"],
    build: ["next build"],
    serve: { "/": "out" },
  }),
  ...both({
    bundler: "Vue and Vite, server-rendered",
    packages: ["vue", "vite"],
    folders: ["vue"],
    main: "src/App.vue",
    build: [
      "vite build --outDir dist/client",
      "vite build --outDir dist/server --ssr src/server.js",
    ],
    start: (port) => `PORT=${port} node server.js`,
  }),
  ...routed({
    bundler: "SvelteKit",
    packages: ["@sveltejs/kit"],
    folders: ["svelte"],
    build: ["vite build"],
    start: (port) => `HOST=127.0.0.1 PORT=${port} node build`,
  }),
  ...both({
    bundler: 'none, `<script type="module">`',
    packages: [],
    folders: ["plain"],
    main: "index.html",
    build: ["cp -r node_modules/spoor/dist spoor"],
    serve: { "/": "." },
    everywhere: true,
  }),
  {
    bundler: "none, script tag",
    packages: [],
    folders: ["tag"],
    entry: "spoor/spoor.js",
    expect: WASM,
    build: ["cp -r node_modules/spoor/dist spoor"],
    serve: { "/": "." },
  },
  {
    bundler: "Vite, with a preset",
    packages: ["vite"],
    folders: ["vite", "preset"],
    entry: "spoor",
    expect: WASM,
    build: ["vite build"],
    serve: { "/": "dist" },
  },
];
