// What is compared: each peer's script, and how its requests show that it saw the clicks.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DIST } from "../../js/build/bundle.mjs";
import { unpack } from "spoor/heatmap";
import { config } from "./peers/spoor-config.js";
import { parsed } from "./sink.mjs";

/** The peer that the others are compared with. */
export const SPOOR = "spoor, script tag";
const folder = fileURLToPath(new URL("./peers/", import.meta.url));

/**
 * `source` is bundled and put on the page with `async`; `files` are taken from dist/ as they are. `onlyLoads` marks what is
 * another peer's program once it is loaded.
 * `clicks` counts those that one body tells of which arrived at the sink, decoded to text.
 */
export const PEERS = [
  { name: "(no SDK)" },
  { ...spoorPeer(config), clicks: spoorClicks },
  {
    name: "spoor, single file",
    source: join(folder, "spoor.js"),
    onlyLoads: true,
    clicks: spoorClicks,
  },
  {
    name: "posthog-js",
    source: join(folder, "posthog.js"),
    clicks: (body) => body.match(/"\$event_type":"click"/g)?.length ?? 0,
  },
  {
    name: "@snowplow/browser-tracker",
    source: join(folder, "snowplow.js"),
    clicks: snowplowClicks,
  },
  {
    name: "clarity-js",
    source: join(folder, "clarity.js"),
    clicks: clarityClicks,
  },
];

/** Returns the script tag with a config that asks for heatmaps. */
export function spoorPeer(config) {
  const files = [
    "spoor.js",
    "spoor.wasm",
    "behaviour.js",
    "heat.js",
    "gzip.js",
  ];
  return {
    name: SPOOR,
    files: files.map((file) => join(DIST, file)),
    // What a page says before the script is there.
    before: `window.spoor = [["init", ${JSON.stringify(config)}]];`,
  };
}

/** Counts the clicks of the heatmap: docs/wire.md. */
function spoorClicks(body) {
  const { pages = [] } = parsed(body);
  return pages
    .flatMap(({ heat = [] }) => heat)
    .flatMap(({ data }) => unpack(data).points)
    .filter(({ kind }) => kind === "click").length;
}

function snowplowClicks(body) {
  const { data = [] } = parsed(body);
  return data.filter(({ ue_px = "", ue_pr = "" }) =>
    /button_click|link_click/.test(
      ue_pr + Buffer.from(ue_px, "base64url").toString(),
    ),
  ).length;
}

/** Clarity's `Event.Click`; an event is `[time, event, ...]`. */
const CLARITY_CLICK = 9;

function clarityClicks(body) {
  const { a = [] } = parsed(body);
  return a.filter(([, event]) => event === CLARITY_CLICK).length;
}
