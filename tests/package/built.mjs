// Packs spoor, installs the bundlers once, and builds the apps of apps.mjs under target/package, two at a time. What has not
// changed is not done again. Nothing but the install goes to the network.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { DIST } from "../../js/build/bundle.mjs";
import { attempt, root, run } from "../../js/build/command.mjs";
import { unlessFresh } from "../../js/build/stamp.mjs";

const HERE = import.meta.dirname;
export const TARGET = join(root, "target/package");
const MODULES = join(TARGET, "node_modules");
const LOCK = ["package.json", "package-lock.json"];
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const { name, version } = read(join(root, "package.json"));
export const TARBALL = join(TARGET, `${name}-${version}.tgz`);
const AT_ONCE = 2;

/** In which programs of the bundlers are run. */
export const ENV = {
  PATH: `${join(MODULES, ".bin")}:${process.env.PATH}`,
  NEXT_TELEMETRY_DISABLED: "1",
  npm_config_offline: "true",
};
/** How bundlers mark what they warn of. */
const WARNING = /^.*(?:\bwarn|⚠|\(!\)|deprecat).*$/gim;

/** Makes the tarball as `npm publish` would, which builds dist/ first. */
export const packed = once(async () => {
  const files = [
    ...["package.json", "README.md", "CHANGELOG.md"],
    ...["LICENSE", "LICENSE-MIT", "LICENSE-APACHE"],
  ];
  const step = {
    name: "package-tarball",
    inputs: [DIST, ...files.map((file) => join(root, file))],
    outputs: [TARBALL],
  };
  await unlessFresh(step, async () => {
    mkdirSync(TARGET, { recursive: true });
    await run("packing spoor", "npm", [
      ...["pack", "--ignore-scripts=false", "--pack-destination", TARGET],
    ]);
  });
});

/** Installs the bundlers that the lock file pins. */
export const installed = once(async () => {
  const step = {
    name: "package-bundlers",
    inputs: LOCK.map((file) => join(HERE, file)),
    outputs: [join(MODULES, ".package-lock.json")],
  };
  await unlessFresh(step, async () => {
    mkdirSync(TARGET, { recursive: true });
    for (const file of LOCK) cpSync(join(HERE, file), join(TARGET, file));
    const quiet = ["--ignore-scripts", "--no-audit", "--no-fund"];
    await run("installing bundlers (once)", "npm", ["ci", ...quiet], {
      cwd: TARGET,
    });
    // Beside the repository's own, Next.js would wonder which is the app's.
    rmSync(join(TARGET, "package-lock.json"));
  });
});

/** Resolves to a folder with these of our folders in it and spoor installed, as `npm install spoor` leaves it. */
export async function withSpoor(id, folders) {
  await packed();
  const folder = join(TARGET, id);
  rmSync(folder, { recursive: true, force: true });
  for (const each of folders)
    cpSync(join(HERE, each), folder, { recursive: true });
  const manifest = join(folder, "package.json");
  const own = existsSync(manifest) ? read(manifest) : { private: true };
  const dependencies = { [name]: version };
  writeFileSync(manifest, JSON.stringify({ ...own, dependencies }));
  const spoor = join(folder, "node_modules/spoor");
  mkdirSync(spoor, { recursive: true });
  const args = ["xzf", TARBALL, "-C", spoor, "--strip-components=1"];
  await run("unpacking spoor", "tar", args);
  return folder;
}

/** Where an app is built: one folder for all entries that one build serves. */
export const idOf = ({ bundler, entry, path }) =>
  `${bundler} ${path ? "" : entry}`
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, "-")
    .replace(/-$/, "");

const building = new Map();
let last = Array.from({ length: AT_ONCE }, () => Promise.resolve());

/** Builds an app; resolves to its folder. Fails where its bundler fails, or warns of anything. */
export function built(app) {
  const id = idOf(app);
  if (!building.has(id)) {
    const [first, ...others] = last;
    const done = first.then(() => make(id, app));
    last = [...others, done.catch(() => {})];
    // It is looked at by the test of the app.
    done.catch(() => {});
    building.set(id, done);
  }
  return building.get(id);
}

async function make(id, app) {
  await packed();
  await installed();
  const { folders, entry, main, build, lock, warned } = app;
  const folder = join(TARGET, id);
  const step = {
    name: `package-${id}`,
    inputs: [
      ...folders.map((each) => join(HERE, each)),
      ...LOCK.map((file) => join(HERE, file)),
      TARBALL,
      import.meta.filename,
    ],
    key: JSON.stringify([process.version, { ...app, warned: `${warned}` }]),
    outputs: [join(folder, "built")],
  };
  await unlessFresh(step, async () => {
    await withSpoor(id, folders);
    if (lock) writeFileSync(join(folder, "package-lock.json"), "{}");
    if (main && entry !== "spoor") useEntry(join(folder, main), entry);
    for (const command of build) {
      const { code, output } = await attempt(command, "sh", ["-c", command], {
        cwd: folder,
        env: ENV,
      });
      const said = stripVTControlCharacters(output);
      if (code !== 0) throw new Error(`${id}: ${command}\n${said}`);
      const warnings = said.match(WARNING) ?? [];
      if (!warnings.every((line) => warned?.test(line)))
        throw new Error(`${id}: ${command} warns\n${said}`);
    }
    writeFileSync(join(folder, "built"), "");
  });
  return folder;
}

/** Has a file import another entry. */
function useEntry(file, entry) {
  const code = readFileSync(file, "utf8");
  const other = code
    .replace('from "spoor"', `from "${entry}"`)
    .replace("/spoor/index.js", `/${entry}.js`);
  if (other === code) throw new Error(`${file} does not import spoor`);
  writeFileSync(file, other);
}

function once(work) {
  let done;
  return () => (done ??= work());
}
