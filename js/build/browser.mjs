// Finds Chromium and chromedriver, and installs them where they are missing.
import { aptInstall, brewInstall, firstProgram } from "./system.mjs";

const CHROMIUMS = [
  process.env.CHROMIUM,
  "chromium",
  "chromium-browser",
  "google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const DRIVERS = [process.env.CHROMEDRIVER, "chromedriver"];
const APT = ["chromium", "chromium-driver"];
const BREW = ["google-chrome", "chromedriver"];

/** How tests and benches start Chromium: also as root, and without looking for hosts of its own. */
export const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Returns the programs `{ chromium, chromedriver }`; `CHROMIUM` and `CHROMEDRIVER` name others. */
export async function browser() {
  const found = find();
  if (found) return found;
  const installed = (await aptInstall(APT)) || (await brewInstall(BREW));
  const now = installed && find();
  if (now) return now;
  throw new Error(
    `Chromium and chromedriver are needed: apt-get install ${APT.join(" ")} (as root), or brew install --cask ${BREW.join(" ")}`,
  );
}

function find() {
  const chromium = firstProgram(CHROMIUMS);
  const chromedriver = firstProgram(DRIVERS);
  return chromium && chromedriver && { chromium, chromedriver };
}
