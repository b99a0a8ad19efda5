// Installs system packages: apt on Debian and Ubuntu, brew on macOS.
import { answer, attempt, has } from "./command.mjs";

const asRoot = () =>
  process.getuid?.() === 0 ? [] : has("sudo") ? ["sudo", "-n"] : undefined;

/** Installs apt packages; says false, with the reason printed, where that is not possible. */
export async function aptInstall(packages) {
  const prefix = asRoot();
  if (!has("apt-get") || !prefix) return false;
  // In this runlevel no server is started by its package.
  const env = { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const apt = (title, args) => {
    const [program, ...rest] = [...prefix, "apt-get", ...args];
    return attempt(title, program, rest, { env });
  };
  await apt("reading the list of system packages", ["update", "-q"]);
  const title = `installing ${packages.join(" ")}`;
  const { code, output } = await apt(title, [
    "install",
    "-qy",
    "--no-install-recommends",
    ...packages,
  ]);
  if (code !== 0) console.error(`${title} failed:\n${output.trimEnd()}`);
  return code === 0;
}

/** Installs a brew cask; says false where there is no brew or it fails. */
export async function brewInstall(casks) {
  if (!has("brew")) return false;
  const title = `installing ${casks.join(" ")}`;
  const { code } = await attempt(title, "brew", [
    "install",
    "--cask",
    ...casks,
  ]);
  return code === 0;
}

/** Returns the path of the first of these programs that can be run, which is tried by that argument, unless it is false. */
export const firstProgram = (programs, probe = "--version") =>
  programs
    .map((program) => program && answer("which", [program]))
    .find((path) => path && (!probe || answer(path, [probe]) !== undefined));
