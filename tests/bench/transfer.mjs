// What each kilobyte of a first visit is spent on.

import { brotliCompressSync, constants } from "node:zlib";
import { kilobytes, table, target } from "./print.mjs";

/** Everything the first visit may transfer, in bytes: what a slow line carries in a second and a quarter. */
const MOST = 250_000;

/** Prints the files of a visit, and of the page and the Wasm what they consist of. */
export async function printTransfer(files) {
  const total = sum(files);
  const rows = [];
  for (const file of [...files].sort((a, b) => b.bytes - a.bytes)) {
    rows.push([nameOf(file), kilobytes(file.bytes), file.encoding]);
    for (const [name, bytes] of await parts(file)) rows.push([`    ${name}`, kilobytes(bytes), ""]);
  }
  rows.push(["everything", kilobytes(total), ""]);
  table(rows);
  target("everything at most 250 KB", kilobytes(total), total <= MOST);
}

export const sum = (files) => files.reduce((total, file) => total + file.bytes, 0);

const nameOf = ({ url }) => decodeURI(new URL(url).pathname).replace(/^\/assets\//, "").replace(/-[0-9a-f]{16}/, "");

async function parts({ url }) {
  const { pathname, search } = new URL(url);
  if (pathname.endsWith(".wasm")) return wasmParts(await fetched(url));
  const isPage = !pathname.includes(".") && !pathname.startsWith("/api/") && !search.includes("csv");
  return isPage ? pageParts((await fetched(url)).toString()) : [];
}

async function fetched(url) {
  const response = await fetch(url, { headers: { "accept-encoding": "br" } });
  return Buffer.from(await response.arrayBuffer());
}

/** What the page would save without its charts or without the data for the app: they share words, so it is not a sum. */
function pageParts(html) {
  const whole = compressed(html);
  const without = (pattern) => whole - compressed(html.replaceAll(pattern, ""));
  return [
    ["of which the charts", without(/<svg.*?<\/svg>/gs)],
    ["of which the data for the app", without(/<script[^>]*id="?page-data.*?<\/script>/gs)],
  ];
}

const compressed = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;

const SECTIONS = { 2: "imports", 7: "exports", 10: "code", 11: "texts and tables" };

/** The sections of a Wasm file, each compressed by itself. */
function wasmParts(wasm) {
  const sizes = new Map();
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < wasm.length) {
    const name = SECTIONS[wasm[at++]] ?? "the rest";
    const size = number();
    sizes.set(name, (sizes.get(name) ?? 0) + brotliCompressSync(wasm.subarray(at, at + size)).length);
    at += size;
  }
  return [...sizes].sort((a, b) => b[1] - a[1]).map(([name, bytes]) => [`of which ${name}`, bytes]);
}
