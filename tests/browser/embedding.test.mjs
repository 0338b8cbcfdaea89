// Who may frame a chart, in a real browser: the administrator's list, the webmaster's tester, and that what the tester says
// is what Chromium does, in pages of a portal of our own on another port.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { assertClean, startSite } from "./harness.mjs";
import { arriveBy, axeFaults, invite } from "./people.mjs";

const site = startSite();
/** The pages need no script. */
const PLAIN = { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false };
const QUERY = "indicator=taxpaying_firms&org-unit=371482";

/** A portal whose page carries a chart in three ways, under the headers of its address. */
let portal;
before(async () => {
  portal = createServer(({ url }, response) => {
    const headers = new URL(url, "http://a").searchParams.get("headers") ?? "";
    for (const line of headers.split("\n").filter(Boolean)) response.appendHeader(...line.split(/: (.*)/s, 2));
    const at = site.server.url;
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      `<!doctype html><title>portal</title><iframe src="${at}/embed/line?${QUERY}"></iframe>` +
        `<img src="${at}/charts/line.svg?${QUERY}" alt=""><script src="${at}/embed.js"></script>`,
    );
  });
  await new Promise((resolve) => portal.listen(0, "127.0.0.1", resolve));
});
after(() => portal.close());

const origin = (host) => `http://${host}:${portal.address().port}`;

/** Which of frame, component's script and picture Chromium lets into a portal's page. */
async function shown(host, headers) {
  const page = await site.open("/healthz", {});
  await page.goto(`${origin(host)}/?headers=${encodeURIComponent(headers)}`, { waitUntil: "load" });
  const frame = page.frames().find((frame) => frame !== page.mainFrame());
  // The name of a frame that was refused is that of the error page.
  const isFramed = (await frame.evaluate(() => location.href).catch(() => "")).includes("/embed/");
  const found = await page.evaluate(() => ({
    picture: document.querySelector("img").naturalWidth > 0,
    script: Boolean(customElements.get("federation-chart")),
  }));
  await page.context().close();
  return { frame: isFramed, script: isFramed && found.script, picture: found.picture };
}

/** What the tester says of the same. */
async function told(host, headers) {
  const page = await site.open("/embedding", PLAIN);
  await page.locator("input[name=portal]").fill(origin(host));
  await page.locator("input[name=ours]").fill(site.server.url);
  await page.locator("textarea").fill(headers);
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "检查" }).click()]);
  const works = async (at) => page.locator(".way").nth(at).locator(".verdict.works").isVisible();
  const said = { frame: await works(0), script: await works(1), picture: await works(2) };
  assertClean(page, site.server);
  await page.context().close();
  return said;
}

test("what the tester says of a policy is what Chromium does", async () => {
  const here = new URL(site.server.url).host;
  const policies = [
    "",
    "X-Frame-Options: DENY",
    "Content-Security-Policy: default-src 'self'",
    "Content-Security-Policy: default-src *; frame-src 'none'",
    `Content-Security-Policy: frame-src ${here}/embed/; img-src ${here}/charts/; script-src ${here}/embed.js`,
    `Content-Security-Policy: frame-src ${here}/embed; img-src ${here}/c/; script-src ${here}/embed`,
    "Content-Security-Policy: frame-src 127.0.0.1; img-src 127.0.0.1:*; script-src http:",
    "Content-Security-Policy: default-src https:",
    "Content-Security-Policy: child-src *; default-src 'none'",
    "Content-Security-Policy: script-src 'nonce-a' 'strict-dynamic' http:",
    "Content-Security-Policy: frame-src *, img-src 'none'",
    "Content-Security-Policy: frame-src *\nContent-Security-Policy: frame-src 'none'",
    "Content-Security-Policy-Report-Only: default-src 'none'",
    "Content-Security-Policy: frame-src 'none'; frame-src *",
    "Content-Security-Policy: require-trusted-types-for 'script'",
    "Cross-Origin-Embedder-Policy: require-corp",
    "Cross-Origin-Embedder-Policy: credentialless",
    "Permissions-Policy: fullscreen=()",
  ];
  for (const headers of policies) {
    assert.deepEqual(await told("localhost", headers), await shown("localhost", headers), headers);
  }
});

let arrived;
const administrator = () => (arrived ??= arriveBy(site, invite(site, "top", "赵琳", "100000", "administrator"), "top", PLAIN));

async function list(hosts) {
  const page = await administrator();
  await page.goto(`${site.server.url}/admin`);
  await page.getByLabel("每行一个主机").fill(hosts);
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "保存名单" }).click()]);
  return page;
}

test("only a portal that is listed frames a chart, and the list is kept by a form without script", async () => {
  const port = portal.address().port;
  const page = await list(`*.a.cn\nlocalhost:${port}`);
  assert.match(await page.locator("#embedding-hosts").innerText(), /只有名单中的 2 个主机/);
  for (const [host, frame] of [["localhost", true], ["127.0.0.1", false]]) {
    const expected = { frame, script: frame, picture: true };
    assert.deepEqual(await shown(host, ""), expected, host);
    assert.deepEqual(await told(host, ""), expected, host);
  }
  await list("b c\n*");
  assert.equal(await page.locator("textarea").getAttribute("aria-invalid"), "true");
  assert.match(await page.getByRole("alert").innerText(), /第1行“b c”.*第2行“\*”/s);
  page.complaints = page.complaints.filter((complaint) => !/400/.test(complaint));
  await list("");
  assert.match(await page.locator("#embedding-hosts").innerText(), /任何网站都可嵌入/);
  assert.deepEqual(await shown("127.0.0.1", ""), { frame: true, script: true, picture: true });
  assertClean(page, site.server);
});

test("axe finds nothing on the tester and on the list, at any width and in both themes", async () => {
  const page = await site.open("/embedding", { ...PLAIN, javaScriptEnabled: true });
  assert.deepEqual(await axeFaults(page), []);
  await page.locator("input[name=portal]").fill("https://www.yucheng.gov.cn/gsl/");
  await page.locator("textarea").fill("Content-Security-Policy: sandbox; default-src 'self'\nX-Frame-Options: DENY");
  await page.locator("textarea").press("Tab");
  await page.keyboard.press("Tab");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await page.locator(".way").first().waitFor();
  assert.deepEqual(await axeFaults(page), []);
  assertClean(page, site.server);
});
