// Whose delivery is tried: spoor, before its own collector, and trackers of others, before a sink that answers as their
// servers do.
import { basename, join } from "node:path";
import { bundled } from "../bench/script.mjs";
import { parsed, startSink } from "../bench/sink.mjs";
import { COLLECT } from "../e2e/front.mjs";
import { tagsOf } from "../e2e/put.mjs";
import { SITE, isRunning } from "../e2e/stage.mjs";
import { openFeed } from "./feed.mjs";

/** The event that is told; its parameter `n` numbers it. */
const STEP = "step";

/** Mixpanel and PostHog tell nothing of a browser that is driven by a program. */
const AS_A_PERSON = `<script>
  Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false });
  for (const name of ["userAgent", "appVersion"]) {
    const told = navigator[name].replace("Headless", "");
    Object.defineProperty(Navigator.prototype, name, { get: () => told });
  }
  Object.defineProperty(Navigator.prototype, "userAgentData", { get() {} });
</script>`;

/**
 * `head` starts it on a page, where `window.tell(n)` then tells event `n`, from when `ready` returns true in the page.
 * `told` lists the events in one posted body, decoded to text: `{ n, id }`, where `id` is that by which its server drops repeats.
 * `settle` runs in the page before anything is told; `maxBytes` is about half of what is posted at once. `start` starts the
 * server, the collector if there is none; `stored` resolves to what lists the events that it has, again as `{ n, id }`, and
 * `reported` to how many were reported as lost, by the page's own account or to the server.
 */
export const spoor = {
  name: "spoor",
  head: `${tagsOf({ collector: COLLECT, site: SITE, heatmap: true })}
    <script>window.tell = (n) => window.spoor.track("${STEP}", { n });</script>`,
  ready: isRunning,
  // Other steps than those that are counted would be among what is lost.
  settle: () => window.spoor.flush(),
  maxBytes: 2048,
  told: (text) =>
    (parsed(text).pages ?? []).flatMap(({ id, events = [] }) =>
      events.filter(isStep).map(({ seq, params }) => ({
        n: params.n,
        id: `${id} ${seq}`,
      })),
    ),
  async stored({ collector }, t) {
    const rows = await openFeed(t, collector.address, SITE);
    return () =>
      rows.filter(isStep).map(({ page_id, seq, at, params: { n } }) => ({
        n,
        id: `${page_id} ${seq}`,
        at,
      }));
  },
  async reported({ collector }, page) {
    const answer = await fetch(`${collector.address}/api/sites`);
    const { sites } = await answer.json();
    const { losses } = await page.evaluate(() => window.spoor.status());
    return sum(sites[0]?.losses) + sum(losses);
  },
};

export const PEERS = [
  peer({
    name: "posthog-js",
    source: "posthog.js",
    reply: '{"status":"Ok"}',
    maxBytes: 8192,
    told: (text) =>
      [formed(text)]
        .flatMap((said) => said.batch ?? said)
        .filter(({ event }) => event === STEP)
        .map(({ uuid, properties }) => ({ n: properties.n, id: uuid })),
  }),
  peer({
    name: "@snowplow/browser-tracker",
    source: "snowplow.js",
    reply: "ok",
    maxBytes: 8192,
    told: (text) =>
      (parsed(text).data ?? [])
        .filter(({ ue_px, ue_pr }) => ue_px ?? ue_pr)
        .map(({ eid, ue_px, ue_pr }) => {
          const said = ue_pr ?? Buffer.from(ue_px, "base64url").toString();
          return { n: JSON.parse(said).data.data.n, id: eid };
        }),
  }),
  peer({
    name: "mixpanel-browser",
    source: "mixpanel.js",
    reply: '{"code":200,"num_records_imported":1,"status":"OK"}',
    maxBytes: 8192,
    told: (text) =>
      [formed(text)]
        .flat()
        .filter(({ event }) => event === STEP)
        .map(({ properties: { n, $insert_id } }) => ({ n, id: $insert_id })),
  }),
  peer({
    name: "@amplitude/analytics-browser",
    source: "amplitude.js",
    reply:
      '{"code":200,"events_ingested":1,"payload_size_bytes":1,"server_upload_time":1}',
    maxBytes: 8192,
    told: (text) =>
      (parsed(text).events ?? [])
        .filter(({ event_type }) => event_type === STEP)
        .map(({ event_properties: { n }, insert_id }) => ({
          n,
          id: insert_id,
        })),
  }),
];

function peer({ source, reply, told, ...rest }) {
  const file = join(import.meta.dirname, "peers", source);
  return {
    ...rest,
    told,
    head: `${AS_A_PERSON}<script async src="/peer0/${basename(file)}"></script>`,
    ready: () => Boolean(window.tell),
    settle: () => {},
    async start() {
      const bytes = await bundled(file);
      return startSink([{ assets: [{ file, bytes }] }], reply);
    },
    stored:
      async ({ collector }) =>
      () =>
        collector.bodies.flatMap(told),
    reported: async () => 0,
  };
}

const isStep = ({ name }) => name === STEP;

const sum = (counts = {}) => Object.values(counts).reduce((a, b) => a + b, 0);

/** Reads JSON that may be base64 in a form's field `data`. */
function formed(text) {
  const data = new URLSearchParams(text).get("data");
  if (!data) return parsed(text);
  return parsed(/^[[{]/.test(data) ? data : Buffer.from(data, "base64"));
}
