// `npm start`: the collector with its database, the demo shop and the reports, on one address.
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { build } from "./build.mjs";
import { buildCollector, startCollector } from "./collector.mjs";
import { main, root } from "./command.mjs";

const PORT = 8787;

async function start() {
  await build();
  await buildCollector();
  const free = await isFree(PORT);
  if (!free) console.log(`port ${PORT} is taken: using a free one`);
  const db = join(root, "data/spoor.db");
  const port = free ? PORT : 0;
  const { address, child, stop } = await startCollector({ db, port });
  console.log(`
shop     ${address}/shop/
reports  ${address}/reports/

Ctrl-C stops both.`);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, stop);
  }
  child.stderr.pipe(process.stderr);
  const [code, signal] = await once(child, "exit");
  if (code) throw new Error(`the collector ended (exit ${code})`);
  console.log(signal ? "\nstopped" : "\nstopped cleanly");
}

async function isFree(port) {
  const server = createServer();
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
    server.close();
    await once(server, "close");
    return true;
  } catch {
    return false;
  }
}

await main(start);
