// Real servers for specs, on loopback, each in a folder of its own: ended with the test.
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../js/build/command.mjs";
import { eventually } from "./eventually.mjs";
import { freePort } from "./port.mjs";

const RECIPES = join(root, "docs/recipes");
/** The addresses that recipes name. */
const DIST = "/var/www/spoor/dist";

/** Starts a program in a new folder, where `write` puts its files; resolves once `answers` does. */
async function start(t, { write, command, answers }) {
  const folder = mkdtempSync(join(tmpdir(), "spoor-server-"));
  const [program, ...args] = command(folder);
  write(folder);
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    cwd: folder,
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (said += chunk));
  const failed = new Promise((_, reject) => child.on("error", reject));
  t.after(async () => {
    if (child.exitCode === null && !child.signalCode) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    rmSync(folder, { recursive: true });
  });
  const up = eventually(`answer of ${program}`, async () => {
    if (child.exitCode !== null) throw new Error(`${program}: ${said}`);
    return answers().catch(() => false);
  });
  await Promise.race([up, failed]);
}

/** Returns a recipe with other addresses in place of its own. @param {string} file @param {Record<string, string>} instead */
function recipe(file, instead) {
  let text = readFileSync(join(RECIPES, file), "utf8").replaceAll(
    DIST,
    join(root, "dist"),
  );
  for (const [from, to] of Object.entries(instead)) {
    if (!text.includes(from)) throw new Error(`${file} names no ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

/** Starts what stands before the shop, with the recipe for it; resolves to its address. `behind` has the ports of the others. */
const proxies = {
  async nginx(t, { shop, clickhouse }) {
    const port = await freePort();
    const server = recipe("nginx.conf", {
      "listen 8000": `listen 127.0.0.1:${port}`,
      "127.0.0.1:8080": shop,
      "127.0.0.1:8123": clickhouse,
      // Its address is looked up as nginx starts.
      "https://www.google-analytics.com": "https://127.0.0.1:1",
    });
    const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    await start(t, {
      command: (folder) => [
        process.env.NGINX ?? "nginx",
        "-p",
        folder,
        "-c",
        join(folder, "nginx.conf"),
        "-e",
        "stderr",
      ],
      write: (folder) =>
        writeFileSync(
          join(folder, "nginx.conf"),
          `daemon off; pid ${folder}/pid; error_log stderr; user root;
events {}
http {
  include /etc/nginx/mime.types;
  access_log off;
  ${paths.map((name) => `${name}_temp_path ${folder}/${name};`).join("\n  ")}
  ${server}
}`,
        ),
      answers: async () =>
        (await fetch(`http://127.0.0.1:${port}/a/lib.js`)).ok,
    });
    return `http://127.0.0.1:${port}`;
  },
  async caddy(t, { shop, clickhouse }) {
    const port = await freePort();
    const text = recipe("Caddyfile", {
      ":8000 {": `http://127.0.0.1:${port} {`,
      "127.0.0.1:8080": shop,
      "127.0.0.1:8123": clickhouse,
    });
    await start(t, {
      command: (folder) => [
        process.env.CADDY ?? "caddy",
        "run",
        "--config",
        join(folder, "Caddyfile"),
        "--adapter",
        "caddyfile",
      ],
      write: (folder) =>
        writeFileSync(
          join(folder, "Caddyfile"),
          `{\n\tadmin off\n\tauto_https off\n\tstorage file_system ${folder}\n}\n${text}`,
        ),
      answers: async () =>
        (await fetch(`http://127.0.0.1:${port}/a/lib.js`)).ok,
    });
    return `http://127.0.0.1:${port}`;
  },
};
export const { nginx: startNginx, caddy: startCaddy } = proxies;

/** Starts a ClickHouse with the table of the recipe; resolves to `{ address, ask }`, where `ask` resolves to rows. */
export async function startClickhouse(t) {
  const [http, tcp] = [await freePort(), await freePort()];
  const address = `127.0.0.1:${http}`;
  const headers = { "x-clickhouse-user": "shop", "x-clickhouse-key": "secret" };
  const ask = async (query) => {
    const answer = await fetch(`http://${address}/`, {
      method: "POST",
      body: query,
      headers,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text;
  };
  await start(t, {
    command: (folder) => [
      process.env.CLICKHOUSE ?? "clickhouse-server",
      `--config-file=${join(folder, "config.xml")}`,
    ],
    write(folder) {
      for (const name of ["data", "tmp"]) mkdirSync(join(folder, name));
      writeFileSync(
        join(folder, "config.xml"),
        `<yandex><logger><level>warning</level><console>1</console></logger>
<http_port>${http}</http_port><tcp_port>${tcp}</tcp_port><listen_host>127.0.0.1</listen_host>
<path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path><users_config>${folder}/users.xml</users_config>
<default_profile>default</default_profile><default_database>default</default_database><mark_cache_size>5368709</mark_cache_size></yandex>`,
      );
      writeFileSync(
        join(folder, "users.xml"),
        `<yandex><profiles><default></default></profiles><quotas><default></default></quotas>
<users><shop><password>secret</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></shop></users></yandex>`,
      );
    },
    answers: () => ask("SELECT 1"),
  });
  await ask(readFileSync(join(RECIPES, "clickhouse.sql"), "utf8"));
  return {
    address,
    ask: async (query) =>
      (await ask(`${query} FORMAT JSONEachRow`))
        .trim()
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  };
}
