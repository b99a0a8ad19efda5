// Stands before the collector: passes everything on, keeps what browsers post, and plays the faults of a real network.
//
// It is a server and not Playwright's `route`, because that holds up the requests of a page that is being closed.
import { once } from "node:events";
import { createServer, request } from "node:http";
import { decode } from "../bench/sink.mjs";
import { broken } from "../faults/network.mjs";

/** Where browsers post: this path, and for the trackers of others what lies under it. */
export const COLLECT = "/collect";
const TOLD = "/e2e/told";
const DOCTYPE = /^<!doctype html>/i;

/**
 * Opens a front before the server at `behind`.
 * Its knobs may be turned at any time: `replaced` (path -> `{ type, body }`), `shop` (asked first: `{ method, url, path, headers,
 * body }` -> `{ status, type, body, location }` or a promise of it, nothing for what it does not know), `headers` (added to every
 * answer),
 * `fault` (one of network.mjs, which every post to the collector meets; none by default), `collecting` (false: the connection
 * breaks on every post) and `listening` (every page gets tell.js). Nobody listens between `shut()` and `open()`.
 */
export async function openFront(behind) {
  const front = {
    /** Bodies posted to the collector that came in whole, oldest first. */
    posts: [],
    /** Those that met no fault, as text: inflated where they are gzip. */
    bodies: [],
    replaced: new Map(),
    shop: () => undefined,
    headers: {},
    fault: undefined,
    get collecting() {
      return !front.fault;
    },
    set collecting(collecting) {
      front.fault = collecting ? undefined : broken;
    },
    listening: false,
    /** What tell.js has told of the console, and of uncaught errors. */
    said: [],
    faults: [],
    /** Posts that met a fault. */
    broken: 0,
  };
  const serve = async (incoming, answer) => {
    const { method, headers, url } = incoming;
    const path = url.split("?")[0];
    const posted = method === "POST" && isUnder(path, COLLECT);
    const onward = new URL(url, behind);
    const read = async () => {
      const body = await all(incoming);
      if (posted) front.posts.push(body);
      return body;
    };
    if (posted && front.fault) {
      front.broken += 1;
      const store = async (body) => {
        const got = await ask(onward, { method, headers }, body);
        const { statusCode: status, headers: told } = got;
        return { status, headers: told, body: await all(got) };
      };
      return await front.fault({ incoming, answer, read, store });
    }
    const body = await read();
    if (posted) front.bodies.push(decode(body));
    if (path === TOLD) {
      const { list, text } = JSON.parse(body);
      front[list].push(text);
      return answer.writeHead(204).end();
    }
    const asked = { method, url, path, headers, body: decode(body) };
    const other = (await front.shop(asked)) ?? front.replaced.get(path);
    if (other) {
      const { status = 200, type, location } = other;
      const headers = { "content-type": type, ...front.headers };
      answer.writeHead(status, location ? { ...headers, location } : headers);
      return answer.end(shown(other.body, type, front));
    }
    await passOn(onward, incoming, body, answer, front);
  };
  const server = createServer((incoming, answer) =>
    // A page that goes away may break off what it was asking for.
    serve(incoming, answer).catch(() => answer.destroy()),
  );
  const open = async (port) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return server.address().port;
  };
  const shut = async () => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const port = await open(0);
  return Object.assign(front, {
    address: `http://127.0.0.1:${port}`,
    shut,
    open: () => open(port),
    close: shut,
  });
}

const isUnder = (path, folder) =>
  path === folder || path.startsWith(`${folder}/`);

async function passOn(url, { method, headers }, body, answer, front) {
  if (front.listening) delete headers["accept-encoding"];
  const got = await ask(url, { method, headers }, body);
  const type = got.headers["content-type"] ?? "";
  if (front.listening && isPage(type)) {
    const page = shown(String(await all(got)), type, front);
    delete got.headers["content-length"];
    answer.writeHead(got.statusCode, { ...got.headers, ...front.headers });
    return answer.end(page);
  }
  answer.writeHead(got.statusCode, { ...got.headers, ...front.headers });
  // A live feed has an answer long before its first byte.
  answer.flushHeaders();
  got.pipe(answer);
}

/** Makes a request; resolves to its answer as soon as that begins. */
function ask(url, options, body) {
  return new Promise((resolve, reject) => {
    const passed = request(url, options, resolve);
    passed.on("error", reject);
    passed.end(body);
  });
}

const isPage = (type) => type.startsWith("text/html");

/** The body as the browser gets it. What stands before the head belongs to it: no page has to have the tag. */
const shown = (body, type, { listening }) =>
  listening && isPage(type)
    ? body.replace(DOCTYPE, '$&<script src="/e2e/tell.js"></script>')
    : body;

async function all(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
