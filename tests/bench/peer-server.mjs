// Serves the peers' pages as a careful webmaster would: bundled, minified, in the best Brotli there is, the data asked for
// by the page itself so that it comes beside the script. Requests for data go on to our server, compressed as it sends them. Beside them stands our own page, left to
// the app to draw, so that drawing by Wasm can be compared too.

import { readFileSync } from "node:fs";
import { createServer, request as forward } from "node:http";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const read = (path) => readFileSync(require.resolve(path), "utf8");

/** The peers in the order of their weight; `script` and `style` are published files that the page takes as they are. */
export const PEERS = [
  { name: "echarts", title: "ECharts, whole", script: "echarts/dist/echarts.min.js" },
  { name: "echarts-cut", title: "ECharts, cut to the parts used" },
  { name: "uplot", title: "uPlot", style: "uplot/dist/uPlot.min.css" },
];

/**
 * Starts the server for a scene on a free port; `data` is the address of our server. A scene may have `peers` of its own, and
 * `charts` that stand in their pages instead of a query.
 */
export async function startPeerServer(scene, data) {
  const files = new Map();
  const put = (path, type, text) => files.set(path, { type, body: brotliCompressSync(text) });
  for (const peer of scene.peers ?? PEERS) {
    put(`/${peer.name}`, "text/html; charset=utf-8", page(peer, scene));
    put(`/${peer.name}.js`, "text/javascript", await bundle(peer.name));
    if (peer.script) put("/library.js", "text/javascript", read(peer.script));
  }
  if (scene.path) put(scene.path, "text/html; charset=utf-8", await undrawn(data + scene.path));
  // What goes on to our server keeps its connections, as a proxy in front of it would.
  const server = createServer((request, response) => {
    const file = files.get(request.url);
    if (file) {
      response.writeHead(200, { "content-type": file.type, "content-encoding": "br", "content-length": file.body.length });
      return response.end(file.body);
    }
    if (!/^\/(api|assets)\//.test(request.url)) return response.writeHead(404).end();
    const answered = (answer) => answer.pipe(response.writeHead(answer.statusCode, answer.headers));
    forward(data + request.url, { headers: request.headers }, answered)
      .on("error", () => response.writeHead(502).end())
      .end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}

/** Our page as if no server had drawn it: the app fetches its data and draws everything, as the peers do. */
async function undrawn(url) {
  const html = await (await fetch(url)).text();
  return html.replace(/<div id="app">.*<\/div>(?=<script)/s, "");
}

function page(peer, { name, query, charts }) {
  const library = peer.script ? '<script defer src="/library.js"></script>' : "";
  const style = peer.style ? `<style>${read(peer.style)}</style>` : "";
  const preload = query ? `<link rel="preload" href="/api/v1/observations?${query}" as="fetch" crossorigin>` : "";
  const data = query ? `data-scene="${name}" data-query="${query}"` : `data-charts="${attribute(JSON.stringify(charts))}"`;
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${peer.title}</title><link rel="icon" href="data:,">${style}${preload}${library}<script defer src="/${peer.name}.js"></script></head><body ${data}></body></html>`;
}

const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

async function bundle(name) {
  const result = await build({
    entryPoints: [fileURLToPath(new URL(`peers/${name}.js`, import.meta.url))],
    bundle: true,
    minify: true,
    format: "iife",
    charset: "utf8",
    logLevel: "warning",
    write: false,
  });
  return result.outputFiles[0].text;
}
