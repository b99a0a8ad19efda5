// Servers that answer as collectors of others do: paths, status codes, bodies, what they allow other origins, and the types they take.
import { once } from "node:events";
import { createServer } from "node:http";

/** Any type; and JSON alone, as Snowplow's and OpenTelemetry's collectors want it. */
const ANY = /^/;
const JSON_ONLY = /^application\/json\b/;

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
    answer: { code: 200, events_ingested: 1 },
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
      JSON.parse(body).data.map(({ e, se_ac, eid: id, ...params }) => ({
        name: se_ac ?? e,
        id,
        params,
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

/**
 * Opens a collector of that name for the test `t`, on an origin of its own. It has `config` for spoor, `events`, `asked` (how many
 * preflights came), `types` that were posted, and the knobs `status`, which takes the place of its answer's, and `most`: longer bodies
 * are too large for it.
 */
export async function openMock(t, name) {
  const { path, types, answer, status, allow, options, events } =
    COLLECTORS[name];
  const mock = {
    name,
    events: [],
    asked: 0,
    types: [],
    posts: 0,
    status,
    most: Infinity,
    tooLarge: 0,
  };
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
    const type = incoming.headers["content-type"] ?? "";
    mock.posts++;
    mock.types.push(type);
    if (incoming.url.split("?")[0] !== path)
      return response.writeHead(404).end();
    if (!types.test(type)) return response.writeHead(415).end();
    const body = String(Buffer.concat(chunks));
    if (body.length > mock.most) {
      mock.tooLarge++;
      return response.writeHead(413).end();
    }
    if (mock.status < 300) mock.events.push(...events(body));
    response.writeHead(mock.status);
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
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
