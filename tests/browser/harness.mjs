// What a browser test needs: the built program with a database of its own, today's Chromium, and a list of all that went
// wrong in either. A test drives one feature and then says assertClean(page, server).
//
//     const site = startSite();
//     test("…", async () => {
//       const page = await site.openStarted("/");
//       …
//       assertClean(page, site.server);
//     });

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const repository = fileURLToPath(new URL("../..", import.meta.url));
export const program = process.env.FEDERATION_DASHBOARD ?? join(repository, "target/release/federation-dashboard");

/** How long the program or a browser may take to start: generous, because CI has two busy cores. */
const START_DEADLINE = 30_000;

/** How long it may take to answer what it has begun and close its database. */
const STOP_DEADLINE = 10_000;

/** How long a page may take to show what a test waits for. */
const PAGE_DEADLINE = 10_000;

/** Flags for running as root, in a container, without a network; none of them changes how a page behaves. */
export const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** Synthetic figures for where the sample, of one county, shows too little: neighbours, years and totals above them. */
const SYNTHETIC = ["--org-units", "24", "--indicators", "50", "--years", "6", "--seed", "1"];

/**
 * Starts the program on a free port with a database of its own, which it fills with its sample, or where `synthetic`
 * is true with SYNTHETIC figures, or with those of the arguments that it lists.
 * `since` is when it began: "-2d" and the sample was published two days ago, by the clock that faketime shows it.
 * Returns its `url`, its `log` (a string that grows) and `stop()`, which asks it to end, removes its files and returns its
 * exit code (null if it had to be killed).
 */
export async function startServer({ args = [], env = {}, synthetic, since } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "dashboard-"));
  const database = `sqlite://${join(folder, "dashboard.db")}`;
  const figures = synthetic === true ? SYNTHETIC : synthetic;
  if (figures) await promisify(execFile)(program, ["synth", "--database-url", database, ...figures], { cwd: folder });
  if (since) await beginEarlier(database, since, folder);
  const child = spawn(program, ["serve", "--database-url", database, "--listen", "127.0.0.1:0", ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const server = { url: "", log: "", folder };
  const ended = new Promise((resolve) => child.once("close", resolve));
  server.stop = async () => {
    child.kill("SIGTERM");
    const killing = setTimeout(() => child.kill("SIGKILL"), STOP_DEADLINE);
    const code = await ended;
    clearTimeout(killing);
    rmSync(folder, { recursive: true, force: true });
    return code;
  };
  try {
    server.url = await new Promise((resolve, reject) => {
      const read = (chunk) => {
        server.log += chunk;
        const address = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(server.log);
        if (address) resolve(address[1]);
      };
      child.stdout.setEncoding("utf8").on("data", read);
      child.stderr.setEncoding("utf8").on("data", read);
      child.once("error", reject);
      child.once("close", (code) => reject(new Error(`the program ended with ${code}:\n${server.log}`)));
      setTimeout(() => reject(new Error(`the program does not listen:\n${server.log}`)), START_DEADLINE).unref();
    });
  } catch (error) {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return server;
}

/** Lets the program fill an empty database with its sample at another time, and ends it. */
async function beginEarlier(database, since, folder) {
  const serve = [program, "serve", "--database-url", database, "--listen", "127.0.0.1:0"];
  // faketime waits for what it starts, so both are asked to end.
  const child = spawn("faketime", ["-f", since, ...serve], { cwd: folder, detached: true, env: { ...process.env, NO_COLOR: "1" } });
  const ended = new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
  child.stdout.resume();
  let log = "";
  for await (const chunk of child.stderr.setEncoding("utf8")) {
    const wasListening = log.includes("listening on");
    log += chunk;
    if (!wasListening && log.includes("listening on")) process.kill(-child.pid, "SIGTERM");
  }
  const code = await ended;
  assert.match(log, /now holds the sample/, `faketime ended with ${code}; .ci/setup test installs it`);
}

/** Starts today's Chromium: the one in CHROMIUM, or Debian's. */
export function startChromium() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  assert.ok(existsSync(executablePath), `there is no ${executablePath}; run .ci/setup test`);
  return chromium.launch({ executablePath, args: FLAGS, timeout: START_DEADLINE });
}

/**
 * The program and today's Chromium for all tests of a file: they start before the first and end after the last, and the
 * program must then end when it is asked to and without a fault. `open` and `openStarted` take an address and openPage's options;
 * the latter waits until the app has taken over.
 */
export function startSite(options) {
  const site = {
    open: (address, how) => openPage(site.chromium, site.server.url + address, how),
    openStarted: async (address, how) => {
      const page = await site.open(address, how);
      assert.equal(await appState(page), "started");
      return page;
    },
  };
  // One after the other, so that when one cannot start, the one before it is known and ended.
  before(async () => {
    site.server = await startServer(options);
    site.chromium = await startChromium();
  });
  after(async () => {
    await site.chromium?.close();
    assert.equal(await site.server?.stop(), 0);
  });
  return site;
}

/**
 * Opens a page whose `complaints` collects what a person would find in the developer tools: errors and warnings in the
 * console, exceptions, requests that failed, and answers of 400 and above. `options` are Playwright's for a context;
 * `prepare` is called with the page while it is still empty.
 */
export async function openPage(browser, url, { prepare, ...options } = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(PAGE_DEADLINE);
  await prepare?.(page);
  page.complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.complaints.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => page.complaints.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A navigation or a newer request rightly ends an older one.
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") page.complaints.push(`${request.method()} ${request.url()}: ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) page.complaints.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(url);
  return page;
}

/** Waits until the loader has said how the start of the app ended, and returns its word: "started" or "failed". */
export async function appState(page) {
  const state = () => document.documentElement.dataset.app;
  await page.waitForFunction(() => /started|failed/.test(document.documentElement.dataset.app));
  return page.evaluate(state);
}

/** The lines of a program's log that are warnings or errors, whether the log is text or JSON. */
export function troubles(log) {
  return log.split("\n").filter((line) => /\b(WARN|ERROR)\b|panicked at/.test(line));
}

/**
 * What Chromium says of the app's files where scripts are off: it fetches what the page announces to a browser with scripts,
 * and then has no use for it.
 */
export const SCRIPT_UNUSED = /\.js: csp$|was preloaded using link preload but not used/;

/** Nothing went wrong on the page, but for what the test `intended`, and nothing in the log of the server. */
export function assertClean(page, server, intended = /^$/) {
  assert.deepEqual(page.complaints.filter((complaint) => !intended.test(complaint)), []);
  if (server) assert.deepEqual(troubles(server.log), []);
}
