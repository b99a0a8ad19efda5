// Stands before the collector: passes everything on, keeps what browsers post, and plays the faults of a real network.
//
// It is a server and not Playwright's `route`, because that holds up the requests of a page that is being closed.
import { once } from "node:events";
import { createServer, request } from "node:http";

export const COLLECT = "/collect";

/**
 * Opens a front before the server at `behind`.
 * Its knobs may be turned at any time: `replaced` (path -> `{ type, body }`), `headers` (added to every answer) and
 * `collecting` (false: the connection breaks on every post to the collector).
 */
export async function openFront(behind) {
  const front = {
    /** Raw bodies posted to the collector, oldest first. */
    bodies: [],
    replaced: new Map(),
    headers: {},
    collecting: true,
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
    const other = front.replaced.get(path);
    if (other) {
      answer.writeHead(200, { "content-type": other.type, ...front.headers });
      return answer.end(other.body);
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
  const passed = request(url, { method, headers }, (got) => {
    answer.writeHead(got.statusCode, { ...got.headers, ...front.headers });
    // A live feed has an answer long before its first byte.
    answer.flushHeaders();
    got.pipe(answer);
  });
  passed.on("error", () => answer.destroy());
  passed.end(body);
}

async function all(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
