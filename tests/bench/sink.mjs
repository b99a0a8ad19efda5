// A loopback server: the page of each peer, its scripts, and a sink that answers 200 to whatever is sent.
import { once } from "node:events";
import { createServer } from "node:http";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { page } from "./page.mjs";

const TYPES = {
  js: "text/javascript; charset=utf-8",
  wasm: "application/wasm",
  html: "text/html; charset=utf-8",
};
/** Says that gzip is taken, as spoor's collector does; to no other peer it means anything. */
const ANSWERED = {
  "content-type": "application/json",
  "accept-encoding": "gzip",
};
const typeOf = (name) => TYPES[name.split(".").at(-1)];

/** Starts the sink for peers with `assets: [{ file, bytes }]`; `bodies` collects the texts of what is posted, `posts` those with the
 * bytes that came, `{ text, body }`. Whatever is asked for is answered `reply`. */
export async function startSink(peers, reply = "{}") {
  const [bodies, posts] = [[], []];
  const pages = new Map(
    peers.map((peer, n) => [`/peer${n}/`, page(tag(peer, n))]),
  );
  const files = new Map(
    peers.flatMap(({ assets }, n) =>
      assets.map(({ file, bytes }) => [`/peer${n}/${basename(file)}`, bytes]),
    ),
  );
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://sink");
    const text = pages.get(pathname);
    if (text) return answer(response, "a.html", text);
    const bytes = files.get(pathname);
    if (bytes) return answer(response, pathname, bytes);
    const chunks = await request.toArray();
    if (request.method === "POST") {
      const body = Buffer.concat(chunks);
      const text = decode(body);
      bodies.push(text);
      posts.push({ text, body });
    }
    response.writeHead(200, ANSWERED).end(reply);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  const url = (peer) => `${origin}/peer${peers.indexOf(peer)}/`;
  return {
    address: origin,
    bodies,
    posts,
    stop,
    url,
    /** Says of an address whether it is a script of the peer. */
    scriptOf: (peer) => (address) =>
      address.startsWith(url(peer)) && address !== url(peer),
    clicksTold: ({ clicks = () => 0 }) =>
      bodies.reduce((all, body) => all + clicks(body), 0),
  };
}

function tag({ assets, before = "" }, n) {
  if (assets.length === 0) return "";
  const inline = before && `<script>${before}</script>\n`;
  return `${inline}<script async src="/peer${n}/${basename(assets[0].file)}"></script>`;
}

function answer(response, name, bytes) {
  response.writeHead(200, { "content-type": typeOf(name) }).end(bytes);
}

/** Returns a body as text, unpacked where it is gzip. */
export function decode(bytes) {
  const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (gzip ? gunzipSync(bytes) : bytes).toString();
}

/** Reads a body's text as JSON; what is none holds nothing. */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
