// Requests per second: one query of observations, against a static file of the same bytes and headers from nginx.

import { execFile } from "node:child_process";
import { request as send } from "node:http";
import { promisify } from "node:util";
import { startServer } from "../browser/harness.mjs";
import { startNginx } from "./nginx.mjs";
import { median, table, target } from "./print.mjs";

const QUERY = "/api/v1/observations?indicator=taxpaying_firms&org-unit=371482";

/** Two seconds are long against a start-up, and short enough for many alternating runs; one thread of wrk leaves a core. */
const WRK = ["--threads", "1", "--connections", "32", "--duration", "2s"];

/** The share of nginx's requests per second that is to be reached. */
const LEAST = 0.7;

/** Prints the table; each case is measured `rounds` times, all servers in turn. */
export async function benchRequests(rounds) {
  const server = await startServer();
  const started = [];
  try {
    const cases = await answers(server.url + QUERY);
    const files = Object.fromEntries(cases.map(({ file, body, headers }) => [file, { body, headers }]));
    for (const workers of [1, 2]) started.push(await startNginx(workers, files));
    const [nginx, nginx2] = started;
    console.log(`\nRequests per second: ${QUERY}`);
    console.log(`  wrk ${WRK.join(" ")}, median of ${rounds}, no access logs, all on this machine:\n`);
    const rows = [["", "bytes", "ours", "nginx, 1 worker", "ratio", "nginx, 2 workers", "ratio"]];
    const ratios = [];
    for (const { words, file, body, request } of [...cases, ...(await unchanged(cases, server.url, nginx.url))]) {
      const urls = [server.url + QUERY, nginx.url + file, nginx2.url + file];
      const headers = request instanceof Array ? request : urls.map(() => request);
      const rates = urls.map(() => []);
      for (let round = 0; round < rounds; round++) {
        for (const [at, url] of urls.entries()) rates[at].push(await measure(url, headers[at]));
      }
      const [ours, one, two] = rates.map(median);
      ratios.push([words, ours / one, ours / two]);
      rows.push([words, `${body.length}`, rate(ours), rate(one), (ours / one).toFixed(2), rate(two), (ours / two).toFixed(2)]);
    }
    table(rows);
    for (const [words, one, two] of ratios) {
      target(`${words}: at least 0.7 of nginx's`, `${one.toFixed(2)} of 1 worker, ${two.toFixed(2)} of 2`, Math.min(one, two) >= LEAST);
    }
  } finally {
    for (const nginx of started) await nginx.stop();
    await server.stop();
  }
}

const rate = (perSecond) => Math.round(perSecond).toLocaleString("en");

/** What our server answers, byte for byte, in each encoding: nginx gets it as files, with the headers that are not its own. */
async function answers(url) {
  const cases = [];
  for (const [encoding, words] of [["identity", "as it is"], ["br", "Brotli"]]) {
    const request = { "Accept-Encoding": encoding };
    const { headers, body } = await raw(url, request);
    const own = ["content-length", "content-type", "date", "etag", "connection", "keep-alive"];
    const shared = Object.entries(headers).filter(([name]) => !own.includes(name));
    cases.push({ words, file: `/${encoding}.json`, body, headers: Object.fromEntries(shared), request });
  }
  return cases;
}

/** The same requests by a client that has the answer: each server knows it by its own tag. */
async function unchanged(cases, ours, nginx) {
  const [{ file, request }] = cases;
  const knowing = async (url) => ({ ...request, "If-None-Match": (await raw(url, request)).headers.etag });
  const [us, it] = [await knowing(ours + QUERY), await knowing(nginx + file)];
  return [{ words: "304, not changed", file, body: Buffer.alloc(0), request: [us, it, it] }];
}

/** An answer without fetch's decompression. */
function raw(url, headers) {
  return new Promise((resolve, reject) => {
    const answered = (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
    };
    send(url, { headers }, answered).on("error", reject).end();
  });
}

/** One run of wrk; an answer that is an error would be fast and worthless, so it ends the benchmark. */
async function measure(url, headers) {
  const named = Object.entries(headers).flatMap(([name, value]) => ["--header", `${name}: ${value}`]);
  const { stdout } = await promisify(execFile)("wrk", [...WRK, ...named, url]);
  const found = /Requests\/sec:\s+([\d.]+)/.exec(stdout);
  if (!found || /Non-2xx or 3xx|Socket errors/.test(stdout)) throw new Error(`wrk ${url}:\n${stdout}`);
  return Number(found[1]);
}
