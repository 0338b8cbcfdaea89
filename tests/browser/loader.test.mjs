// The files in dist/, served by nothing but a few lines of Node: does the app start, in the newest and the oldest browser,
// under the policy that the server sends; and does a page survive an app that cannot start?

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { appState, openPage, startChromium } from "./harness.mjs";
import { startOldChromium } from "./old-chromium.mjs";

const dist = new URL("../../dist/", import.meta.url);
const assets = JSON.parse(readFileSync(new URL("assets.json", dist)));

const TYPES = { css: "text/css", html: "text/html", js: "text/javascript", svg: "image/svg+xml", wasm: "application/wasm" };

/** A page as the server draws it: whole before any script has run. */
const drawnPage = readFileSync(new URL("index.html", dist), "utf8").replace("<body>", '<body><p id="drawn">drawn</p>');

/** Serves dist/ with the policy for the browser that asks; files in `missing` are answered with 404. */
function serve(missing = []) {
  const server = createServer((request, response) => {
    const name = request.url.slice(1) || "index.html";
    const known = name === "index.html" || Object.values(assets).includes(name);
    if (!known || missing.includes(name)) return response.writeHead(404).end();
    // Browsers before Chromium 97 do not know 'wasm-unsafe-eval'.
    const old = /Chrome\/([1-8]\d|9[0-6])\./.test(request.headers["user-agent"]);
    response.writeHead(200, {
      "content-type": TYPES[name.split(".").at(-1)],
      "content-security-policy": `default-src 'self'; script-src 'self' '${old ? "" : "wasm-"}unsafe-eval'`,
    });
    response.end(name === "index.html" ? drawnPage : readFileSync(new URL(name, dist)));
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve({ url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() }));
  });
}

/** Only what the start of the app itself gives rise to: with no server behind it, its requests for data may well fail. */
const ofTheStart = (complaints) => complaints.filter((text) => !text.includes("/api/") && !/404|request:/.test(text));

let files, broken, chromium, oldChromium;
// One after the other, so that when one cannot start, those before it are known and ended.
before(async () => {
  files = await serve();
  broken = await serve([assets.wasm]);
  chromium = await startChromium();
  oldChromium = await startOldChromium();
});
after(async () => {
  await Promise.all([chromium?.close(), oldChromium?.close()]);
  files?.close();
  broken?.close();
});

test("the app starts in today's Chromium without any inline script", async () => {
  const page = await openPage(chromium, files.url);
  assert.equal(await appState(page), "started");
  assert.deepEqual(ofTheStart(page.complaints), []);
});

test("the app starts in Chromium 86", async () => {
  assert.match(await oldChromium.version(), /Chrome\/86\./);
  const page = await oldChromium.openPage(files.url);
  assert.equal(await page.waitFor("/started|failed/.exec(document.documentElement.dataset.app)?.[0]"), "started");
  assert.deepEqual(ofTheStart(page.complaints), []);
});

test("a page whose app cannot be loaded stays as the server drew it", async () => {
  const page = await openPage(chromium, broken.url);
  assert.equal(await appState(page), "failed");
  assert.equal(await page.textContent("#drawn"), "drawn");
});

test("a page whose app cannot be loaded stays as it was drawn in Chromium 86 too", async () => {
  const page = await oldChromium.openPage(broken.url);
  assert.equal(await page.waitFor("/started|failed/.exec(document.documentElement.dataset.app)?.[0]"), "failed");
  assert.equal(await page.evaluate("document.querySelector('#drawn').textContent"), "drawn");
});
