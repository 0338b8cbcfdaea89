// Chromium 86, as on the older desktops. Playwright no longer speaks its dialect, so this is a client of our own for the
// few words of the DevTools protocol that the tests need, over the browser's pipe: messages in JSON, each ended by NUL.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { FLAGS } from "./harness.mjs";

const tools = process.env.TOOLS ?? join(homedir(), ".cache/federation-dashboard/tools");
const executable = join(tools, "chromium-86/chromium");

export async function startOldChromium() {
  assert.ok(existsSync(executable), `there is no ${executable}; run .ci/setup test`);
  const profile = mkdtempSync(join(tmpdir(), "chromium-86-"));
  // Its own sandbox helper and its zygote process are not in the package it comes from.
  const flags = [...FLAGS, "--no-zygote", "--remote-debugging-pipe", `--user-data-dir=${profile}`, "about:blank"];
  const child = spawn(executable, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [, , , toBrowser, fromBrowser] = child.stdio;
  const waiting = new Map();
  const listeners = new Set();
  let lastId = 0;
  let unread = "";

  fromBrowser.setEncoding("utf8").on("data", (chunk) => {
    const messages = (unread + chunk).split("\0");
    unread = messages.pop();
    for (const message of messages.map((text) => JSON.parse(text))) {
      if (!message.id) listeners.forEach((listen) => listen(message));
      else if (message.error) waiting.get(message.id).reject(new Error(message.error.message));
      else waiting.get(message.id).resolve(message.result);
    }
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  ended.then(() => waiting.forEach(({ reject }) => reject(new Error("Chromium 86 ended"))));

  const send = (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      waiting.set(++lastId, { resolve, reject });
      toBrowser.write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
    });

  return {
    version: async () => (await send("Browser.getVersion")).product,
    openPage: (url) => openPage(send, listeners, url),
    close: async () => {
      child.kill("SIGKILL");
      await ended;
      // Its children end a moment later, and until then still write.
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

/**
 * A page with `complaints` as in the harness, `evaluate(expression)`, `waitFor(expression)`, `click(selector)`, `type(text)`
 * and `screenshot()`.
 */
async function openPage(send, listeners, url) {
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const call = (method, params) => send(method, params, sessionId);
  const complaints = [];
  listeners.add(({ method, params, sessionId: from }) => {
    if (from !== sessionId) return;
    const complaint = COMPLAINTS[method]?.(params);
    if (complaint) complaints.push(complaint);
  });
  for (const domain of ["Runtime", "Log", "Network", "Page"]) await call(`${domain}.enable`);

  const evaluate = async (expression) => {
    const answer = await call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? expression);
    return answer.result.value;
  };
  const waitFor = async (expression, deadline = Date.now() + 30_000) => {
    for (;;) {
      const value = await evaluate(expression);
      if (value) return value;
      if (Date.now() > deadline) throw new Error(`never true: ${expression}\n${complaints.join("\n")}`);
      await sleep(50);
    }
  };
  const goto = async (address) => {
    await call("Page.navigate", { url: address });
    await waitFor(`location.href !== "about:blank" && document.readyState === "complete"`);
  };
  await goto(url);
  return {
    complaints,
    evaluate,
    waitFor,
    goto,
    click: (selector) => evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`),
    type: (text) => call("Input.insertText", { text }),
    screenshot: async () => Buffer.from((await call("Page.captureScreenshot")).data, "base64"),
    close: () => send("Target.closeTarget", { targetId }),
  };
}

/** What counts as something gone wrong, by the event that tells of it. */
const COMPLAINTS = {
  "Runtime.exceptionThrown": ({ exceptionDetails: { text, exception } }) => `exception: ${text} ${exception?.description ?? ""}`,
  "Runtime.consoleAPICalled": ({ type, args }) =>
    ["error", "warning"].includes(type) && `console ${type}: ${args.map((arg) => arg.value ?? arg.description).join(" ")}`,
  "Log.entryAdded": ({ entry }) => entry.level === "error" && `${entry.source}: ${entry.text} ${entry.url ?? ""}`,
  "Network.responseReceived": ({ response }) => response.status >= 400 && `${response.status} ${response.url}`,
  "Network.loadingFailed": ({ errorText, canceled }) => !canceled && `request: ${errorText}`,
};
