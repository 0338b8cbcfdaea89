// When the server is away, an address is wrong or a county has reported nothing, the reader is told so in their language
// and nothing jumps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertClean, startSite } from "./harness.mjs";
import { ORG_UNIT, OVERVIEW, SILENT, TAXPAYING_FIRMS, arrive, assertShows, headline, inLanguage } from "./pages.mjs";

const site = startSite();
const DATA = "**/api/v1/pages/**";
const AWAY = /net::ERR_FAILED|503/;
const NOT_FOUND = /404/;
const banner = (page) => page.locator(".away[role=alert]");

/** From here on the server cannot be reached; `attempts` counts how often it was tried. `back()` ends it. */
async function cutOff(page, answer = (route) => route.abort()) {
  const cut = { attempts: 0, back: () => page.unroute(DATA) };
  await page.route(DATA, (route) => {
    cut.attempts += 1;
    return answer(route);
  });
  return cut;
}

for (const [language, tells, name] of [
  ["zh", "连不上服务器", "纳税企业数"],
  ["en", "cannot be reached", "Tax-paying firms"],
]) {
  test(`a server that is away is told of in ${language}, and the page before stays readable`, async () => {
    const page = await site.openStarted(inLanguage(OVERVIEW, language));
    await cutOff(page);
    const title = await page.locator("h1").innerText();
    await headline(page, name).getByRole("link").click();
    await assertShows(banner(page), tells);
    assert.equal(await page.locator("h1").innerText(), title);
    assert.equal(await page.getAttribute("main", "aria-busy"), "false");
    await page.waitForFunction(() => getComputedStyle(document.querySelector("main")).opacity === "1");
    assertClean(page, site.server, AWAY);
  });
}

test("the app tries again by itself and then shows the page", async () => {
  const page = await site.openStarted(OVERVIEW);
  const cut = await cutOff(page);
  await headline(page, "纳税企业数").getByRole("link").click();
  await banner(page).waitFor();
  await cut.back();
  await arrive(page, TAXPAYING_FIRMS);
  await banner(page).waitFor({ state: "detached" });
  await assertShows(page.locator("h1"), "三倍");
  assert.equal(cut.attempts, 1);
  assertClean(page, site.server, AWAY);
});

test("the reader can try at once", async () => {
  const page = await site.openStarted(OVERVIEW);
  const cut = await cutOff(page, (route) => route.fulfill({ status: 503, body: "" }));
  await headline(page, "纳税企业数").getByRole("link").click();
  await banner(page).waitFor();
  await cut.back();
  const before = Date.now();
  await banner(page).getByRole("button").click();
  await arrive(page, TAXPAYING_FIRMS);
  assert.ok(Date.now() - before < 1500, "it came before the app would have tried by itself");
  assertClean(page, site.server, AWAY);
});

test("going back while the server is away ends the waiting", async () => {
  const page = await site.openStarted(OVERVIEW);
  await cutOff(page);
  await headline(page, "纳税企业数").getByRole("link").click();
  await banner(page).waitFor();
  await page.goBack();
  await banner(page).waitFor({ state: "detached" });
  await assertShows(page.locator("h1"), "禹城市");
  assertClean(page, site.server, AWAY);
});

for (const address of ["/nowhere", "/indicators/no_such", "/org-units/999999", "/?org-unit=999999"]) {
  test(`${address} is a page that says it does not exist`, async () => {
    const page = await site.openStarted(address);
    assert.equal((await page.request.get(site.server.url + address)).status(), 404);
    await assertShows(page.locator("main"), "没有这个页面", "回到概览");
    await page.getByRole("link", { name: "回到概览" }).click();
    await arrive(page, OVERVIEW);
    await assertShows(page.locator("h1"), "禹城市");
    assertClean(page, site.server, NOT_FOUND);
  });
}

test("a county that has reported nothing says so instead of zero", async () => {
  for (const address of [`/?org-unit=${SILENT}`, `/org-units/${SILENT}`, `/indicators/taxpaying_firms?org-unit=${SILENT}`]) {
    const page = await site.openStarted(address);
    await assertShows(page.locator("main"), "尚未报送");
    assertClean(page, site.server);
  }
});

test("an unknown parameter is named in a notice and the page is shown", async () => {
  const page = await site.openStarted("/?colour=red");
  await assertShows(page.locator(".notice"), "colour", "已忽略");
  await assertShows(page.locator("h1"), "禹城市");
  assertClean(page, site.server);
});

test("an unknown area beside a known one is named in a notice", async () => {
  const page = await site.openStarted(`${TAXPAYING_FIRMS}&org-unit=999999`);
  await assertShows(page.locator(".notice"), "999999", "已忽略");
  await assertShows(page.locator(".lead"), "6,989家");
  assertClean(page, site.server);
});

test("Back and Forward lead to the same pages at the same height", async () => {
  const page = await site.openStarted(OVERVIEW);
  const link = headline(page, "纳税企业数").getByRole("link");
  await link.scrollIntoViewIfNeeded();
  const height = await page.evaluate(() => window.scrollY);
  assert.ok(height > 500);
  await link.click();
  await arrive(page, TAXPAYING_FIRMS);
  assert.equal(await page.evaluate(() => window.scrollY), 0);
  await page.goBack();
  await arrive(page, OVERVIEW);
  await assertShows(page.locator("h1"), "禹城市：");
  assert.equal(await page.evaluate(() => window.scrollY), height);
  await page.goForward();
  await arrive(page, TAXPAYING_FIRMS);
  await assertShows(page.locator("h1"), "禹城市五年");
  assertClean(page, site.server);
});

test("a page that is loaded anew in the middle of the way leads back, even before the app has started", async () => {
  const page = await site.openStarted(OVERVIEW);
  await headline(page, "纳税企业数").getByRole("link").click();
  await arrive(page, TAXPAYING_FIRMS);
  await page.reload({ waitUntil: "commit" });
  await page.goBack();
  await arrive(page, OVERVIEW);
  await assertShows(page.locator("h1"), "禹城市：");
  assertClean(page, site.server);
});

/** Counts in `window.shifts` how far anything has moved by itself since the page was opened. */
const WATCHED = {
  prepare: (page) =>
    page.addInitScript(() => {
      window.shifts = [];
      const watch = (list) => window.shifts.push(...list.getEntries().map((entry) => entry.value));
      new PerformanceObserver(watch).observe({ type: "layout-shift", buffered: true });
    }),
};
const twoFrames = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

for (const address of [OVERVIEW, TAXPAYING_FIRMS, ORG_UNIT]) {
  test(`nothing moves on ${address} when the app takes over`, async () => {
    const page = await site.openStarted(address, WATCHED);
    await twoFrames(page);
    assert.deepEqual(await page.evaluate(() => window.shifts), []);
    assertClean(page, site.server);
  });
}

test("nothing moves while the next page is on its way", async () => {
  const page = await site.openStarted(OVERVIEW, WATCHED);
  let send;
  const held = new Promise((resolve) => (send = resolve));
  await page.route(DATA, async (route) => (await held, route.continue()));
  const link = headline(page, "纳税企业数").getByRole("link");
  await link.scrollIntoViewIfNeeded();
  const before = await link.boundingBox();
  await link.click();
  await page.waitForSelector('main[aria-busy="true"]');
  await twoFrames(page);
  assert.deepEqual(await link.boundingBox(), before);
  assert.deepEqual(await page.evaluate(() => window.shifts), []);
  send();
  await arrive(page, TAXPAYING_FIRMS);
  assertClean(page, site.server);
});
