// Stands before the collector: passes everything on, keeps what browsers post, and plays the faults of a real network.
//
// It is a server and not Playwright's `route`, because that holds up the requests of a page that is being closed.
import { once } from "node:events";
import { createServer, request } from "node:http";

export const COLLECT = "/collect";
const TOLD = "/e2e/told";
const DOCTYPE = /^<!doctype html>/i;

/**
 * Opens a front before the server at `behind`.
 * Its knobs may be turned at any time: `replaced` (path -> `{ type, body }`), `shop` (asked first: `{ method, url, path,
 * body }` -> `{ status, type, body, location }`, nothing for what it does not know), `headers` (added to every answer),
 * `collecting` (false: the connection breaks on every post to the collector) and `listening` (every page gets tell.js).
 */
export async function openFront(behind) {
  const front = {
    /** Raw bodies posted to the collector, oldest first. */
    bodies: [],
    replaced: new Map(),
    shop: () => undefined,
    headers: {},
    collecting: true,
    listening: false,
    /** What tell.js has told of the console, and of uncaught errors. */
    said: [],
    faults: [],
    /** Posts that were broken off. */
    broken: 0,
  };
  const serve = async (incoming, answer) => {
    const path = incoming.url.split("?")[0];
    const body = await all(incoming);
    if (path === COLLECT && incoming.method === "POST") {
      if (!front.collecting) {
        front.broken += 1;
        return incoming.socket.destroy();
      }
      front.bodies.push(body.toString());
    }
    if (path === TOLD) {
      const { list, text } = JSON.parse(body);
      front[list].push(text);
      return answer.writeHead(204).end();
    }
    const { method, url } = incoming;
    const asked = { method, url, path, body: body.toString() };
    const other = front.shop(asked) ?? front.replaced.get(path);
    if (other) {
      const { status = 200, type, location } = other;
      const headers = { "content-type": type, ...front.headers };
      answer.writeHead(status, location ? { ...headers, location } : headers);
      return answer.end(shown(other.body, type, front));
    }
    passOn(new URL(incoming.url, behind), incoming, body, answer, front);
  };
  const server = createServer((incoming, answer) =>
    // A page that goes away may break off what it was asking for.
    serve(incoming, answer).catch(() => answer.destroy()),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(front, {
    address: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  });
}

function passOn(url, { method, headers }, body, answer, front) {
  if (front.listening) delete headers["accept-encoding"];
  const passed = request(url, { method, headers }, async (got) => {
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
  });
  passed.on("error", () => answer.destroy());
  passed.end(body);
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
