// Finds the browsers, what drives them, and the servers that tests start, and installs them where they are missing.
import { aptInstall, brewInstall, firstProgram } from "./system.mjs";

/**
 * The programs, by the variable of the environment that names another: what they may be called, what each answers to when it
 * is asked whether it runs, false for nothing, and what brings them.
 */
const PROGRAMS = {
  CHROMIUM: {
    names: [
      "chromium",
      "chromium-browser",
      "google-chrome",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
    apt: ["chromium"],
    brew: ["google-chrome"],
  },
  CHROMEDRIVER: {
    names: ["chromedriver"],
    apt: ["chromium-driver"],
    brew: ["chromedriver"],
  },
  FIREFOX: {
    names: [
      "firefox-esr",
      "firefox",
      "/Applications/Firefox.app/Contents/MacOS/firefox",
    ],
    apt: ["firefox-esr"],
    brew: ["firefox"],
  },
  WEBKIT_DRIVER: {
    names: ["WebKitWebDriver"],
    probe: "--help",
    apt: ["webkit2gtk-driver"],
  },
  XVFB_RUN: { names: ["xvfb-run"], probe: "--help", apt: ["xvfb", "xauth"] },
  NGINX: { names: ["nginx", "/usr/sbin/nginx"], probe: "-v", apt: ["nginx"] },
  CADDY: { names: ["caddy"], probe: "version", apt: ["caddy"] },
  CLICKHOUSE: {
    names: ["clickhouse-server", "/usr/sbin/clickhouse-server"],
    // It answers nothing but requests.
    probe: false,
    apt: ["clickhouse-server"],
  },
};
const SERVERS = ["NGINX", "CADDY", "CLICKHOUSE"];
const BROWSERS = Object.keys(PROGRAMS).filter(
  (name) => !SERVERS.includes(name),
);

/** How tests and benches start Chromium: also as root, and without looking for hosts of its own. */
export const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Returns the paths of the wanted programs, by their variables. One that cannot be had is left out, and its remedy told. */
export async function browsers(wanted = BROWSERS) {
  const missing = wanted.filter((name) => !find(name));
  const packages = (kind) =>
    missing.flatMap((name) => PROGRAMS[name][kind] ?? []);
  if (missing.length > 0) {
    (await aptInstall(packages("apt"))) ||
      (await brewInstall(packages("brew")));
  }
  const found = {};
  for (const name of wanted) {
    const path = find(name);
    if (path) found[name] = path;
    else console.error(remedy(name));
  }
  return found;
}

/** Returns the paths of the servers likewise. */
export const servers = () => browsers(SERVERS);

/** Says how a program is had. */
export function remedy(name) {
  const { names, apt, brew } = PROGRAMS[name];
  const casks = brew ? `, or brew install --cask ${brew.join(" ")}` : "";
  return `${names[0]} is needed: apt-get install ${apt.join(" ")} (as root)${casks}; or name another by ${name}`;
}

const find = (name) =>
  firstProgram(
    [process.env[name], ...PROGRAMS[name].names],
    PROGRAMS[name].probe,
  );
