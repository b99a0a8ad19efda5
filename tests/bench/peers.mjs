// What is compared: each peer's script, and how its requests show that it saw the clicks.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DIST } from "../../js/build/bundle.mjs";
import { config } from "./peers/spoor-config.js";

const folder = fileURLToPath(new URL("./peers/", import.meta.url));

/**
 * `source` is bundled and put on the page with `async`; `files` are taken from dist/ as they are.
 * `sawClick` reads one body that arrived at the sink, decoded to text.
 */
export const PEERS = [
  { name: "(no SDK)" },
  {
    name: "spoor, script tag",
    files: ["spoor.js", "spoor.wasm"].map((file) => join(DIST, file)),
    // What a page says before the script is there.
    before: `window.spoor = [["init", ${JSON.stringify(config)}]];`,
    sawClick: spoorSawClick,
  },
  {
    name: "spoor, single file",
    source: join(folder, "spoor.js"),
    sawClick: spoorSawClick,
  },
  {
    name: "posthog-js",
    source: join(folder, "posthog.js"),
    sawClick: (body) => /\$autocapture|\$\$heatmap/.test(body),
  },
  {
    name: "@snowplow/browser-tracker",
    source: join(folder, "snowplow.js"),
    sawClick: snowplowSawClick,
  },
  {
    name: "clarity-js",
    source: join(folder, "clarity.js"),
    sawClick: claritySawClick,
  },
];

function spoorSawClick(body) {
  const { pages = [] } = parsed(body);
  return pages.some(
    ({ events = [], heat = [] }) =>
      heat.length > 0 || events.some(({ name }) => name === "add_to_cart"),
  );
}

function snowplowSawClick(body) {
  const { data = [] } = parsed(body);
  return data.some(({ ue_px = "", ue_pr = "" }) =>
    /button_click|link_click/.test(
      ue_pr + Buffer.from(ue_px, "base64url").toString(),
    ),
  );
}

/** Clarity's `Event.Click`; an event is `[time, event, ...]`. */
const CLARITY_CLICK = 9;

function claritySawClick(body) {
  const { a = [] } = parsed(body);
  return a.some(([, event]) => event === CLARITY_CLICK);
}

function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}
