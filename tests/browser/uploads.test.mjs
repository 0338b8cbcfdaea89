// A file on its way from a clerk's browser: how far it is, dropped on the page, over a line that breaks, too large, and in
// Chromium 86.

import assert from "node:assert/strict";
import { createServer, connect } from "node:net";
import { after, test } from "node:test";
import { assertClean, openPage, startSite } from "./harness.mjs";
import { startOldChromium } from "./old-chromium.mjs";
import { PASSWORD, arriveBy, invite } from "./people.mjs";

const LIMIT = 2 * 1024 * 1024;
const site = startSite({ args: ["--upload-limit", "2MB"] });

/** The clerk signs in once, by their link; the cookies serve all pages. */
let arrived;
async function arrive() {
  const page = await arriveBy(site, invite(site, "li", "李敏", "371482", "reporter"), "li");
  return page.context().cookies();
}

/** The clerk's page to report a year, at the program or through a line of the test's own. */
async function reporting(year, { url = site.server.url, ...options } = {}) {
  const cookies = await (arrived ??= arrive());
  const prepare = (page) => page.context().addCookies(cookies);
  return openPage(site.chromium, `${url}/report?year=${year}`, { prepare, viewport: { width: 1280, height: 900 }, ...options });
}

/** A report, as long as is asked for by notes below it. */
function table(bytes) {
  let text = "指标,数值,备注\n统战大讲堂期数,8,\n";
  const row = `注：${"备".repeat(40)},,\n`;
  text += row.repeat(Math.max(0, Math.floor((bytes - Buffer.byteLength(text)) / Buffer.byteLength(row))));
  return Buffer.from(text);
}

const file = (buffer) => ({ name: "年报.csv", mimeType: "text/csv", buffer });
const send = async (page, buffer) => {
  await page.locator("input[type=file]").setInputFiles(file(buffer));
  await page.getByRole("button", { name: "上传并检查" }).click();
};

/** Writes down whatever is said and shown of the progress, as it changes. */
const record = (page) =>
  page.evaluate(() => {
    const [words, bar] = [document.querySelector(".said"), document.querySelector("progress")];
    const seen = { words: [], values: [] };
    const note = () => {
      if (seen.words.at?.(-1) !== words.textContent) seen.words.push(words.textContent);
      if (!bar.hidden) seen.values.push(bar.hasAttribute("value") ? bar.value : -1);
      sessionStorage.seen = JSON.stringify(seen);
    };
    new MutationObserver(note).observe(document.querySelector(".upload"), { subtree: true, childList: true, attributes: true, characterData: true });
  });
const recorded = async (page) => JSON.parse(await page.evaluate(() => sessionStorage.seen));

/**
 * The address of a line between browser and program that holds back the answer to a file for so many milliseconds, or breaks
 * after so many bytes of one.
 */
async function line({ breaksAfter = Infinity, answersAfter = 0 }) {
  const port = Number(new URL(site.server.url).port);
  const server = createServer((browser) => {
    let passed = 0;
    const target = connect(port, "127.0.0.1");
    target.on("data", (data) => setTimeout(() => browser.write(data), passed > 0 ? answersAfter : 0));
    for (const [one, other] of [[browser, target], [target, browser]]) one.on("error", () => other.destroy()).on("close", () => other.destroy());
    browser.on("data", (data) => {
      // Only what is long counts: a file, and not the way to its page.
      if (data.length > 4096) passed += data.length;
      if (passed > breaksAfter) return browser.destroy();
      target.write(data);
    });
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  lines.push(server);
  return { url: `http://127.0.0.1:${server.address().port}` };
}
const lines = [];
after(() => lines.forEach((server) => server.close()));

test("the upload says how far it is, then that it is checked, and ends at the report", async () => {
  const page = await reporting(2021);
  const tools = await page.context().newCDPSession(page);
  await tools.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1_000_000 });
  await record(page);
  await send(page, table(LIMIT - 100_000));
  await page.waitForURL(/\/report\/[0-9a-f]+/, { timeout: 30_000 });
  const { words, values } = await recorded(page);
  const shown = values.filter((value) => value >= 0);
  assert.ok(new Set(shown).size >= 3, `the bar stood at ${[...new Set(shown)]}`);
  assert.deepEqual(shown, [...shown].sort((a, b) => a - b), "the bar went back");
  assert.equal(values.at(-1), -1, "the bar does not say how long the checking takes");
  assert.ok(words.some((said) => said.includes("正在检查")), words.join(" | "));
  assertClean(page, site.server);
});

test("while the rows are checked their number is told", async () => {
  const page = await reporting(2020, await line({ answersAfter: 2000 }));
  let asked = 0;
  await page.route("**/api/v1/uploads/*", (route) => {
    const json = { received: 1, announced: 1, rows: 34567, is_read: ++asked > 1 };
    return route.fulfill({ json });
  });
  await record(page);
  await send(page, table(50_000));
  await page.waitForURL(/\/report\/[0-9a-f]+/);
  const { words } = await recorded(page);
  const told = ["正在检查，已读 34,567 行…", "已读 34,567 行，正在与已公布的数据比较…"];
  assert.deepEqual(words.filter((said) => said.includes("34,567")), told, words.join(" | "));
});

/** Drops a small report on a page. */
const drop = (name) => `(() => {
  const data = new DataTransfer();
  data.items.add(new File(["指标,数值\\n统战大讲堂期数,9\\n"], ${JSON.stringify(name)}));
  const event = (kind) => new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
  const over = event("dragover");
  document.querySelector("h1, h2").dispatchEvent(over);
  if (!over.defaultPrevented) throw new Error("the browser would open the file");
  document.querySelector("h1, h2").dispatchEvent(event("drop"));
})()`;

test("a file that is dropped anywhere on the page is sent", async () => {
  const page = await reporting(2019);
  await page.evaluate(drop("拖来.et"));
  await page.waitForURL(/\/report\/[0-9a-f]+/);
  assert.match(await page.locator("main").innerText(), /拖来\.et/);
  assertClean(page, site.server);
});

test("a text that is dropped is looked at first, and sent when somebody says so", async () => {
  const page = await reporting(2013);
  await page.evaluate(drop("拖来.csv"));
  await page.locator(".preview").filter({ hasText: "读出1项数据" }).waitFor();
  await page.getByRole("button", { name: "上传并检查" }).click();
  await page.waitForURL(/\/report\/[0-9a-f]+/);
  assert.match(await page.locator("main").innerText(), /拖来\.csv/);
  assertClean(page, site.server);
});

test("a line that breaks is told, and the file can be sent again", async () => {
  const page = await reporting(2018, await line({ breaksAfter: 500_000 }));
  await send(page, table(1_500_000));
  await page.getByText("连接中断").waitFor();
  assert.equal(await page.getByRole("button", { name: "上传并检查" }).isEnabled(), true);
  assert.equal(await page.locator("progress").isVisible(), false);
});

test("a file over the limit is not sent, and both numbers are told", async () => {
  const page = await reporting(2017);
  let posts = 0;
  page.on("request", (request) => (posts += request.method() === "POST" ? 1 : 0));
  assert.match(await page.locator(".upload").innerText(), /不超过 2 MB/);
  await send(page, Buffer.alloc(LIMIT + 200_000, "a"));
  await page.getByText("文件有 2.2 MB，超过 2 MB，没有上传。").waitFor();
  assert.equal(posts, 0);
  assertClean(page, site.server);
});

test("without the script the limit is told after, by the server, on a page of its own", async () => {
  const page = await reporting(2016, { javaScriptEnabled: false });
  await send(page, Buffer.alloc(LIMIT + 200_000, "a"));
  await page.getByText(/文件太大.*最多 2 MB/).waitFor();
});

test("a file that cannot be read is refused where it was chosen, with the reason", async () => {
  const page = await reporting(2015);
  await send(page, Buffer.from("\x89PNG\r\n\x1a\n", "latin1"));
  await page.getByText("这是图片，不是表格").waitFor();
  assert.match(page.url(), /\/report\?year=2015/);
});

test("in Chromium 86 a file is dropped, sent and checked", async () => {
  await (arrived ??= arrive());
  const chromium = await startOldChromium();
  try {
    const old = await chromium.openPage(`${site.server.url}/sign-in?next=/report`);
    await old.evaluate(`(() => {
      const [name, password] = document.querySelectorAll("form input[name=name], form input[name=password]");
      name.value = "li"; password.value = ${JSON.stringify(PASSWORD)};
      name.form.submit();
    })()`);
    await old.waitFor("document.querySelector('form.upload') !== null && document.readyState === 'complete'");
    await old.goto(`${site.server.url}/report?year=2014`);
    await old.evaluate(drop("旧.et"));
    await old.waitFor("/\\/report\\/[0-9a-f]+/.test(location.pathname) && document.querySelector('main')?.innerText.includes('旧.et')");
    assertClean(old, site.server);
  } finally {
    await chromium.close();
  }
});
