// A script as a shop would ship it: with all that it imports, minified.
import { root } from "../../js/build/command.mjs";

/** Resolves to the bytes of `source`, bundled. */
export async function bundled(source) {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [source],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2020",
    legalComments: "none",
  });
  return outputFiles[0].contents;
}
