// The two ways in which a shop takes spoor in. Every spec of what arrives is played on both.
import { join } from "node:path";
import { build } from "esbuild";

/** Makes the pages of a stage load spoor by each way in. */
export const waysIn = {
  /** As the pages have it. */
  "script tag": async () => {},
  /** A bundle made of the npm package, in place of the script tag's file. */
  npm: async ({ front }) => {
    bundled ??= bundle("npm-entry.js");
    const body = await bundled;
    front.replaced.set("/spoor.js", { type: "text/javascript", body });
  },
};

let bundled;

/** Resolves to a bundle of an entry beside this file, as the pages load it. */
export async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, entry)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
  });
  // The pages load /spoor.js as a classic script, which knows no top-level await.
  return `(async () => {${outputFiles[0].text}})();`;
}
