// Serves the built site the way a course page's host would: from a folder deep inside somebody else's site.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../../../dist/", import.meta.url));
const host = fileURLToPath(new URL("./host/", import.meta.url));

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** The site stands under this path; `/host/` holds pages that embed it. */
export const prefix = "/courses/os/kernelscope/";

function file(path) {
  const inside = (folder, rest) => join(folder, normalize(`/${rest || "index.html"}`));
  if (path.startsWith(prefix)) {
    return inside(dist, path.slice(prefix.length));
  }
  return path.startsWith("/host/") ? inside(host, path.slice("/host/".length)) : undefined;
}

/** Starts the server on a free port and answers with its address and the way to end it. */
export async function startSite() {
  const server = createServer(async (request, response) => {
    const path = file(new URL(request.url, "http://localhost").pathname);
    try {
      const body = await readFile(path);
      response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    url: origin + prefix,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }),
  };
}
