import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { render } from "./dist/server/server.js";

const page = readFileSync("dist/client/index.html", "utf8");

createServer(async ({ url }, answer) => {
  if (url.startsWith("/assets/")) {
    const type = { js: "text/javascript", wasm: "application/wasm" };
    answer.setHeader("content-type", type[url.split(".").at(-1)]);
    return answer.end(readFileSync(`dist/client${url}`));
  }
  answer.setHeader("content-type", "text/html");
  answer.end(page.replace("<!--app-->", await render()));
}).listen(process.env.PORT, "127.0.0.1");
