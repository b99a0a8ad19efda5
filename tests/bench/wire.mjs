// How many bytes a visit takes on the wire, by peer, and how much of the visit they tell.
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { unpack } from "spoor/heatmap";
import { spoorPeer, SPOOR } from "./peers.mjs";
import { config } from "./peers/spoor-config.js";
import { parsed } from "./sink.mjs";
import { withTab } from "./tab.mjs";
import { markdown } from "./table.mjs";
import { ABOUT as VISIT, astray } from "./session.mjs";
import { INPUTS, visit } from "./visit.mjs";

const source = (name) =>
  fileURLToPath(new URL(`./peers/${name}.js`, import.meta.url));

/**
 * What is compared. `told` reads one body, and says which `[kind, count]` it tells; kinds are those of `NOTHING`. Others, such as
 * Snowplow, tell no places, and so nothing that could be drawn.
 */
export const WIRE_PEERS = [
  {
    ...spoorPeer({ ...config, heatmap: { clicks: true, moves: true } }),
    name: SPOOR,
    told: spoorTold,
    places: true,
  },
  {
    name: "posthog-js",
    source: source("posthog"),
    told: (body) => posthogEvents(body).flatMap(posthogTold),
  },
  {
    name: "posthog-js, recording",
    source: source("posthog-recording"),
    told: (body) => posthogEvents(body).flatMap(posthogTold),
  },
  { name: "clarity-js", source: source("clarity"), told: clarityTold },
  {
    name: "rrweb",
    source: source("rrweb"),
    told: (body) => JSON.parse(body).map(rrwebTold),
  },
];

/** What PostHog's cloud answers of a project that records, and takes gzip; to nobody else it means anything. */
export const REPLY = JSON.stringify({
  supportedCompression: ["gzip-js"],
  heatmaps: true,
  autocapture_opt_out: false,
  sessionRecording: { endpoint: "/s/" },
});

const NOTHING = { clicks: 0, moves: 0, scrolls: 0, inputs: 0 };

/** Resolves to the figures of one visit. */
export function wire(chromium, sink, peer) {
  return withTab(chromium, 1, async (tab) => {
    sink.posts.length = 0;
    await tab.page.goto(sink.url(peer), { waitUntil: "load" });
    await tab.settle();
    const atLoad = sink.posts.length;
    await visit(tab.page, tab.cdp);
    await tab.settle();
    const fault = await astray(tab);
    await tab.leave();
    if (fault) throw new Error(fault);

    const posts = [...sink.posts];
    const texts = posts.map(({ text }) => text);
    const told = { ...NOTHING };
    for (const text of texts)
      for (const [kind, count] of peer.told(text)) told[kind] += count;
    return {
      posts: posts.length,
      raw: bytes(posts, weight),
      sent: bytes(posts, ({ body }) => body.length),
      gzip: bytes(posts, zipped),
      loadRaw: bytes(posts.slice(0, atLoad), weight),
      loadGzip: bytes(posts.slice(0, atLoad), zipped),
      ...told,
      clicksTold: told.clicks,
      ...(peer.places && heatOf(texts)),
    };
  });
}

const bytes = (posts, of) => posts.reduce((all, post) => all + of(post), 0);
const weight = ({ text }) => Buffer.byteLength(text);
/** A body that comes zipped may be smaller than what zlib makes of it. */
const zipped = ({ text, body }) =>
  Math.min(body.length, gzipSync(text, { level: 9 }).length);

/** Reads the points of heatmaps: docs/wire.md; `scroll` is told by milestones. */
function spoorTold(body) {
  const { pages = [] } = parsed(body);
  return pages.flatMap(({ events = [], heat = [] }) => [
    ...heat
      .flatMap(({ data }) => unpack(data).points)
      .flatMap(({ kind }) =>
        kind === "click" || kind === "move" ? [[`${kind}s`, 1]] : [],
      ),
    ...events.filter(({ name }) => name === "scroll").map(() => ["scrolls", 1]),
  ]);
}

/** Clicks lie in chunks of their own, with what they turned out to be; moves with stays. */
const ofClicks = ({ points: [{ kind }] }) => !/move|hover/.test(kind);

/** Returns how many bytes of spoor's bodies are points, how many points that are, and how many events are told beside them. */
function heatOf(texts) {
  const pages = texts.flatMap((text) => parsed(text).pages ?? []);
  const data = pages.flatMap(({ heat = [] }) => heat.map(({ data }) => data));
  const chunks = data.map((text) => ({
    ...unpack(text),
    size: Buffer.from(text, "base64url").length,
  }));
  const each = (some) =>
    some.reduce((all, { size }) => all + size, 0) /
    some.flatMap(({ points }) => points).length;
  return {
    chunks: chunks.length,
    heatBytes: data.join("").length,
    points: chunks.flatMap(({ points }) => points).length,
    perClick: each(chunks.filter(ofClicks)),
    perMove: each(chunks.filter((chunk) => !ofClicks(chunk))),
    anchors: chunks.flatMap(({ anchors }) => anchors).length,
    selectors: chunks.flatMap(({ selectors }) => selectors).length,
    events: pages.flatMap(({ events = [] }) => events).length,
  };
}

function posthogEvents(body) {
  const said = parsed(body);
  return Array.isArray(said) ? said : (said.batch ?? [said]);
}

/** Each click is told twice, by autocapture and by the heatmap, and counts once; what a recording holds counts too. */
function posthogTold({ event, properties = {} }) {
  if (event === "$snapshot") {
    const { $snapshot_data: data = [] } = properties;
    return data.map(rrwebTold).filter(([kind]) => kind !== "clicks");
  }
  return Object.values(properties.$heatmap_data ?? {})
    .flat()
    .flatMap(({ type }) =>
      type === "click"
        ? [["clicks", 1]]
        : type === "mousemove"
          ? [["moves", 1]]
          : [],
    );
}

/** Clarity's `Event`s; one is `[time, event, ...]`. */
const CLARITY = { 9: "clicks", 10: "scrolls", 12: "moves", 27: "inputs" };

function clarityTold(body) {
  const { a = [] } = parsed(body);
  return a.flatMap(([, event]) =>
    event in CLARITY ? [[CLARITY[event], 1]] : [],
  );
}

/** rrweb's incremental snapshots, by their source; one of moves holds many. */
const [INCREMENTAL, CLICK] = [3, 2];
const RRWEB = { 1: "moves", 2: "clicks", 3: "scrolls", 5: "inputs" };

function rrwebTold({ type, data }) {
  const { source, type: interaction, positions } = data;
  const kind = type === INCREMENTAL ? RRWEB[source] : undefined;
  if (!kind || (kind === "clicks" && interaction !== CLICK))
    return ["moves", 0];
  return [kind, positions?.length ?? 1];
}

const grouped = (number) => Math.round(number).toLocaleString("en-US");
const perThousand = (bytes) => grouped((1000 * bytes) / INPUTS);
const perTold = ({ own }, bytes) => {
  const told = Object.keys(NOTHING).reduce((all, kind) => all + own[kind], 0);
  return (bytes / told).toFixed(1);
};

const COLUMNS = [
  ["peer", ({ name }) => name],
  ["posts", ({ own }) => grouped(own.posts)],
  ["bytes", ({ own }) => grouped(own.raw)],
  ["gzip", ({ own }) => grouped(own.gzip)],
  ["sent", ({ own }) => grouped(own.sent)],
  ["by load", ({ own }) => grouped(own.loadRaw)],
  ["gzip by load", ({ own }) => grouped(own.loadGzip)],
  ["bytes / 1,000 inputs", ({ own }) => perThousand(own.raw)],
  ["gzip / 1,000 inputs", ({ own }) => perThousand(own.gzip)],
  ...Object.keys(NOTHING).map((kind) => [
    `${kind} told`,
    ({ own }) => grouped(own[kind]),
  ]),
  ["bytes / told", (row) => perTold(row, row.own.raw)],
  ["gzip / told", (row) => perTold(row, row.own.gzip)],
];

/** Writes the table of bytes; see `markdown` for its rows. */
export const wireTable = (rows) => markdown(rows, COLUMNS);

/** Says what spoor's bodies consist of. */
export function wireNote(rows) {
  const own = rows.find(({ own }) => own.points)?.own;
  if (!own) return "";
  const count = (key) => grouped(own[key]);
  const each = (own.heatBytes / own.points).toFixed(1);
  return [
    `spoor: ${count("heatBytes")} bytes are ${count("points")} points in ${count("chunks")} chunks, ${each} each;`,
    `before base64 ${own.perClick.toFixed(1)} a click, ${own.perMove.toFixed(1)} a move. ${count("selectors")} selectors name ${count("anchors")} anchors.`,
    `The others are ${count("events")} events, such as \`add_to_cart\`.`,
  ].join("\n");
}

/** Says what was done, and what is counted. */
export const ABOUT = `bodies of requests as text, each of them zipped, and as they were really sent; ${VISIT}`;
