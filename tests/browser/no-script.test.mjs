// Without script, or with a Wasm that never arrives, a page is a page: the same figures, and its links work.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SCRIPT_UNUSED, appState, assertClean, startSite } from "./harness.mjs";
import { ORG_UNIT, OVERVIEW, PAGES, TAXPAYING_FIRMS, arrive, assertSame, assertShows, headline, mainHtml } from "./pages.mjs";

const site = startSite();
const WITHOUT = { javaScriptEnabled: false };

/** A browser whose proxy lets no Wasm through, and what it complains about. */
const BLOCKED = { prepare: (page) => page.route("**/*.wasm", (route) => route.abort()) };
const BLOCKING = /\.wasm: net::ERR_FAILED|Failed to load resource: net::ERR_FAILED|preload/;

for (const [address, ...figures] of [
  [OVERVIEW, "2,330", "6,989家", "1,355家", "2000余"],
  [TAXPAYING_FIRMS, "2,330家", "6,989家", "3.00倍", "创新工作举措 第2段"],
  [ORG_UNIT, "6,989家", "由2,330增至三倍", "2000余名", "1.7亿元"],
]) {
  test(`${address} holds its figures without script`, async () => {
    const page = await site.open(address, WITHOUT);
    for (const summary of await page.locator("summary:visible").all()) await summary.click();
    await assertShows(page.locator("main"), ...figures);
    await page.locator("main table").first().waitFor();
    if (address !== ORG_UNIT) await page.locator("main svg:visible").first().waitFor();
    assertClean(page, site.server, SCRIPT_UNUSED);
  });
}

test("links lead on without script", async () => {
  const page = await site.open(OVERVIEW, WITHOUT);
  await headline(page, "纳税企业数").getByRole("link").click();
  await page.waitForURL(site.server.url + TAXPAYING_FIRMS);
  await page.getByRole("link", { name: "English" }).click();
  await page.waitForURL(`${site.server.url}${TAXPAYING_FIRMS}&lang=en`);
  await assertShows(page.locator("h1"), "Yucheng", "tripled");
  assertClean(page, site.server, SCRIPT_UNUSED);
});

test("the search leads to results without script, and keeps the language", async () => {
  const page = await site.open("/?lang=en", WITHOUT);
  await page.getByRole("searchbox").fill("禹城");
  await page.getByRole("searchbox").press("Enter");
  await page.waitForURL((url) => url.pathname === "/org-units");
  await page.locator("main").getByRole("link", { name: "Yucheng" }).click();
  await page.waitForURL(`${site.server.url}/?org-unit=371482&lang=en`);
  await assertShows(page.locator("h1"), "Yucheng", "tripled");
  assertClean(page, site.server, SCRIPT_UNUSED);
});

test("nothing that needs script is offered without it", async () => {
  const page = await site.open(OVERVIEW, WITHOUT);
  await page.locator(".theme").waitFor({ state: "hidden" });
  assertClean(page, site.server, SCRIPT_UNUSED);
});

test("the app draws every page with the same bytes as the server", async () => {
  const drawn = await site.openStarted(OVERVIEW);
  const plain = await site.open(OVERVIEW, WITHOUT);
  for (const [name, address] of Object.entries(PAGES).filter(([, address]) => address !== OVERVIEW)) {
    // A link of the page's own, as the app would follow it.
    await drawn.evaluate((address) => {
      const link = document.querySelector("main").appendChild(document.createElement("a"));
      link.href = address;
      link.click();
    }, address);
    await arrive(drawn, address);
    await plain.goto(site.server.url + address);
    assertSame(await mainHtml(drawn), await mainHtml(plain), name);
    assert.equal(await drawn.title(), await plain.title());
  }
  assertClean(plain, site.server, new RegExp(`${SCRIPT_UNUSED.source}|404`));
  assertClean(drawn, site.server, /404/);
});

test("taking over changes nothing on the page", async () => {
  const plain = await site.open(OVERVIEW, WITHOUT);
  const page = await site.openStarted(OVERVIEW);
  assertSame(await mainHtml(page), await mainHtml(plain));
  assertClean(page, site.server);
});

test("a page whose Wasm is blocked stays, says so, and its links work", async () => {
  const page = await site.open(OVERVIEW, BLOCKED);
  assert.equal(await appState(page), "failed");
  await headline(page, "纳税企业数").getByRole("link").click();
  await page.waitForURL(site.server.url + TAXPAYING_FIRMS);
  assert.equal(await appState(page), "failed");
  await assertShows(page.locator(".lead"), "2,330", "6,989家");
  assertClean(page, site.server, BLOCKING);
});
