// Servers that answer as collectors of others do: paths, status codes, bodies, what they allow other origins, and the types they take.
import { once } from "node:events";
import { createServer } from "node:http";

/** Any type; and JSON alone, as Snowplow's and OpenTelemetry's collectors want it. */
const ANY = /^/;
const JSON_ONLY = /^application\/json\b/;

/** @param {string} text base64url of JSON */
const decoded = (text) => JSON.parse(Buffer.from(text, "base64url"));

/**
 * By the collector: the path it takes, the types, what it answers, and as what origin it lets others read that. `events` reads what a
 * post holds.
 */
export const COLLECTORS = {
  segment: {
    path: "/v1/batch",
    types: ANY,
    status: 200,
    answer: { success: true },
    allow: () => "*",
    options: { write_key: "wk" },
    events: (body) =>
      JSON.parse(body).batch.map(
        ({ event, type, messageId: id, properties }) => ({
          name: event ?? type,
          id,
          params: properties,
        }),
      ),
  },
  posthog: {
    path: "/batch/",
    types: ANY,
    status: 200,
    answer: { status: "Ok" },
    allow: (origin) => origin,
    options: { api_key: "phc" },
    events: (body) =>
      JSON.parse(body).batch.map(({ event: name, uuid: id, properties }) => ({
        name,
        id,
        params: properties,
      })),
  },
  matomo: {
    path: "/matomo.php",
    types: ANY,
    status: 200,
    answer: { status: "success", tracked: 1, invalid: 0 },
    allow: (origin) => origin,
    options: { site_id: 1 },
    events: (body) =>
      JSON.parse(body).requests.map((request) => {
        const params = Object.fromEntries(
          new URLSearchParams(request.slice(1)),
        );
        const name = params.e_a ?? (params.ec_id ? "purchase" : "page_view");
        return { name, params };
      }),
  },
  plausible: {
    path: "/api/event",
    types: ANY,
    status: 202,
    answer: "ok",
    allow: () => "*",
    options: { domain: "shop.example" },
    events: (body) => {
      const { n: name, p: params } = JSON.parse(body);
      return [{ name, params }];
    },
  },
  amplitude: {
    path: "/2/httpapi",
    types: ANY,
    status: 200,
    answer: {
      code: 200,
      events_ingested: 1,
      payload_size_bytes: 1000,
      server_upload_time: 1763827205456,
    },
    allow: () => "*",
    options: { api_key: "ak" },
    events: (body) =>
      JSON.parse(body).events.map(
        ({ event_type: name, insert_id: id, event_properties: params }) => ({
          name,
          id,
          params,
        }),
      ),
  },
  mixpanel: {
    path: "/track",
    types: /^application\/(json|x-www-form-urlencoded)\b/,
    status: 200,
    answer: { error: null, status: 1 },
    allow: (origin) => origin,
    options: { token: "tk" },
    events: (body) =>
      JSON.parse(new URLSearchParams(body).get("data")).map(
        ({ event: name, properties: params }) => ({
          name,
          id: params.$insert_id,
          params,
        }),
      ),
  },
  snowplow: {
    path: "/com.snowplowanalytics.snowplow/tp2",
    types: JSON_ONLY,
    status: 200,
    answer: "ok",
    allow: (origin) => origin,
    options: {},
    events: (body) =>
      JSON.parse(body).data.map(({ e, se_ac, eid: id, ue_px, cx }) => ({
        name: se_ac ?? (ue_px ? decoded(ue_px).data.data.type : e),
        id,
        params: {
          items: decoded(cx)
            .data.filter(({ schema }) => schema.includes("/product/"))
            .map(({ data }) => data),
        },
      })),
  },
  ndjson: {
    path: "/lines",
    types: ANY,
    status: 204,
    answer: "",
    allow: () => "*",
    options: {},
    events: (body) =>
      body
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
  },
};

/** Returns a collector without a server: `take` is given `{ path, type, body }` and says what is answered. */
function collector(name) {
  const { path, types, answer, status, events } = COLLECTORS[name];
  const mock = {
    name,
    events: [],
    asked: 0,
    types: [],
    posts: 0,
    status,
    most: Infinity,
    tooLarge: 0,
    take({ path: asked, type, body }) {
      mock.posts++;
      mock.types.push(type);
      if (asked !== path) return { status: 404, body: "" };
      if (!types.test(type)) return { status: 415, body: "" };
      if (body.length > mock.most) {
        mock.tooLarge++;
        return { status: 413, body: "" };
      }
      if (mock.status < 300) mock.events.push(...events(body));
      const said = typeof answer === "string" ? answer : JSON.stringify(answer);
      return { status: mock.status, body: said };
    },
  };
  return mock;
}

/**
 * Opens a collector of that name for the test `t`, on an origin of its own. It has `config` for spoor, `events`, `asked` (how many
 * preflights came), `types` that were posted, and the knobs `status`, which takes the place of its answer's, and `most`: longer bodies
 * are too large for it.
 */
export async function openMock(t, name) {
  const { path, allow, options } = COLLECTORS[name];
  const mock = collector(name);
  const server = createServer(async (incoming, response) => {
    const { origin = "" } = incoming.headers;
    response.setHeader("access-control-allow-origin", allow(origin));
    if (allow(origin) !== "*")
      response.setHeader("access-control-allow-credentials", "true");
    if (incoming.method === "OPTIONS") {
      mock.asked++;
      response.setHeader("access-control-allow-headers", "content-type");
      return response.writeHead(204).end();
    }
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { status, body } = mock.take({
      path: incoming.url.split("?")[0],
      type: incoming.headers["content-type"] ?? "",
      body: String(Buffer.concat(chunks)),
    });
    response.writeHead(status).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${server.address().port}`;
  const whole = name === "ndjson" ? `${url}${path}` : url;
  return Object.assign(mock, {
    config: { dialect: name, url: whole, ...options },
  });
}

/** Puts a collector of that name under the shop's own origin, as a proxy does; returns the same. */
export function putMock(front, name) {
  const { path, options } = COLLECTORS[name];
  const mock = collector(name);
  front.shop = ({ method, path: asked, headers, body }) => {
    if (!asked.endsWith(path)) return undefined;
    if (method === "OPTIONS") mock.asked++;
    if (method !== "POST") return { status: 405, type: "text/plain", body: "" };
    const type = headers["content-type"] ?? "";
    const answer = mock.take({ path: asked.slice(-path.length), type, body });
    return { ...answer, type: "text/plain" };
  };
  return Object.assign(mock, {
    config: { dialect: name, url: "", ...options },
  });
}
