// One first visit: an empty cache, an emulated network and processor, and what came over the wire.
// A frame is visited by its host's page and timed by that page's clock.

import { readFileSync } from "node:fs";

const PROBE = readFileSync(new URL("probe.js", import.meta.url), "utf8");

/** How long a page may take: the slowest one measured takes a sixth of it. */
const DEADLINE = 30_000;

/**
 * Visits `url` until `waitFor` ("visible" or "interactive") and returns the `times` since the start of the navigation in
 * milliseconds, and the `files` with the bytes each took on the wire, headers included, as the browser counted them.
 * `find` gives the frame of the page in which the chart is.
 */
export async function visit(browser, url, profile, waitFor, find = mainFrame) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const files = await watch(page, profile);
    const failures = [];
    page.on("pageerror", (error) => failures.push(error.message));
    await page.addInitScript(PROBE);
    await page.goto(url, { waitUntil: "commit", timeout: DEADLINE });
    const isThere = (name) => globalThis.benchTimes?.[name] > 0;
    const frame = await find(page);
    await frame.waitForFunction(isThere, waitFor, { timeout: DEADLINE, polling: 50 }).catch(() => failures.push(`not ${waitFor}`));
    await page.waitForLoadState("load", { timeout: DEADLINE });
    const host = await page.evaluate(onScreen);
    const times = since(host.began, await frame.evaluate(onScreen));
    if (failures.length > 0) throw new Error(`${url}: ${failures.join("; ")}; ${JSON.stringify(times)}`);
    return { times, hostArrived: host.arrived, files: [...files.values()].filter((file) => file.bytes > 0) };
  } finally {
    await context.close();
  }
}

const mainFrame = (page) => page.mainFrame();

/** For `visit`: the only frame that stands in the page. */
export async function onlyFrame(page) {
  const element = await page.locator("iframe").elementHandle({ timeout: DEADLINE });
  return element.contentFrame();
}

/** A frame's clock begins when it is asked for; both know when that was in the time of day. */
function since(began, times) {
  const later = times.began - began;
  const own = Object.entries(times).filter(([name, time]) => name !== "began" && time > 0);
  return { began: later, ...Object.fromEntries(own.map(([name, time]) => [name, time + later])) };
}

/**
 * Runs in the page, and in a frame. What the probe saw handed over is on the screen a moment later: no chart can be visible before the
 * browser's own mark of the first frame with content on the screen. `arrived` is when the whole HTML was there.
 */
function onScreen() {
  const [first] = performance.getEntriesByName("first-contentful-paint");
  const [{ responseEnd }] = performance.getEntriesByType("navigation");
  const times = globalThis.benchTimes;
  return { ...times, visible: Math.max(times.visible, first?.startTime ?? 0), arrived: responseEnd, began: performance.timeOrigin };
}

/** Slows the page down as the profile says and collects what it fetches. */
async function watch(page, { bits, roundTrip, slowdown }) {
  const session = await page.context().newCDPSession(page);
  const files = new Map();
  session.on("Network.responseReceived", ({ requestId, response }) => {
    const encoding = Object.entries(response.headers).find(([name]) => name.toLowerCase() === "content-encoding")?.[1] ?? "";
    files.set(requestId, { url: response.url, status: response.status, encoding, bytes: 0 });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);
    if (file) file.bytes = encodedDataLength;
  });
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: roundTrip,
    downloadThroughput: bits / 8,
    uploadThroughput: bits / 8,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  return files;
}
