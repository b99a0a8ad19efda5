// What a network, or the server at its end, does to a post instead of storing and answering it: knobs of the front.
//
// A post is `{ incoming, answer, read, store }`: `read()` resolves to its body, `store(body)` hands that to the collector and
// resolves to the reply, `{ status, headers, body }`, which the browser does not get by itself.
import { setTimeout as sleep } from "node:timers/promises";
import { decode } from "../bench/sink.mjs";

/** The connection is reset as soon as the post's head is there: nothing of its body is read. */
export const brokenEarly = async ({ incoming }) => {
  incoming.socket.resetAndDestroy();
};

/** The connection breaks once the whole body is there; nothing is stored. */
export const broken = async ({ incoming, read }) => {
  await read();
  incoming.socket.destroy();
};

/** The body is taken, and nobody ever answers. */
export const hanging = async ({ read }) => {
  await read();
};

/** Stored at once, and answered `ms` later. */
export const slow = (ms) => async (post) => {
  const { status, headers, body } = await stored(post);
  await sleep(ms);
  post.answer.writeHead(status, headers).end(body);
};

/** Answered so, and not stored; `headers` may be told anew for each answer. */
export const answered =
  (status, headers = () => ({})) =>
  async ({ read, answer }) => {
    await read();
    answer.writeHead(status, headers()).end();
  };

/** What is longer than `bytes`, once it is inflated, is answered 413; the rest is stored. */
export const limited = (bytes) => async (post) => {
  const body = await post.read();
  if (Buffer.byteLength(decode(body)) > bytes)
    return post.answer.writeHead(413).end();
  const reply = await post.store(body);
  post.answer.writeHead(reply.status, reply.headers).end(reply.body);
};

/** Stored, but the connection breaks before the reply. */
export const unheard = async (post) => {
  await stored(post);
  post.incoming.socket.destroy();
};

/** Stored, but the connection breaks in the middle of the reply. */
export const cutOff = async (post) => {
  const { status, headers, body } = await stored(post);
  post.answer.writeHead(status, headers);
  post.answer.write(body.subarray(0, body.length >> 1), () =>
    post.incoming.socket.destroy(),
  );
};

const stored = async ({ read, store }) => store(await read());
