// Chromium 86, as on the older government desktops: the same pages, the same ways.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertClean, startServer } from "./harness.mjs";
import { startOldChromium } from "./old-chromium.mjs";
import { OVERVIEW, TAXPAYING_FIRMS } from "./pages.mjs";

let server, chromium;
before(async () => {
  server = await startServer();
  chromium = await startOldChromium();
});
after(async () => {
  await chromium?.close();
  await server?.stop();
});

async function openStarted(address) {
  const page = await chromium.openPage(server.url + address);
  assert.equal(await page.waitFor("/started|failed/.exec(document.documentElement.dataset.app)?.[0]"), "started");
  return page;
}

const text = (page, selector) => page.evaluate(`document.querySelector(${JSON.stringify(selector)}).innerText`);

/** Presses a key where the focus is, as the page's listeners hear it. */
const press = (page, key) =>
  page.evaluate(`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "${key}", bubbles: true, cancelable: true }))`);

test("Chromium 86 starts the app over the drawn page", async () => {
  const page = await openStarted(OVERVIEW);
  assert.match(await text(page, "h1"), /禹城市.*三倍/);
  assert.ok(await page.evaluate("document.querySelector('.plot svg').getBoundingClientRect().height > 50"));
  assertClean(page, server);
});

test("Chromium 86 follows a link without loading anew", async () => {
  const page = await openStarted(OVERVIEW);
  await page.evaluate("window.sameDocument = true");
  await page.click('.headline a[href*="/taxpaying_firms"]');
  await page.waitFor(`location.pathname + location.search === "${TAXPAYING_FIRMS}"`);
  await page.waitFor("document.querySelector('.lead').innerText.includes('2,330增至6,989家')");
  assert.equal(await page.evaluate("window.sameDocument"), true);
  assertClean(page, server);
});

test("Chromium 86 finds 禹城 as one types", async () => {
  const page = await openStarted("/indicators");
  await press(page, "/");
  await page.type("禹城");
  await page.waitFor("document.querySelector('#found-0')?.innerText.includes('禹城市')");
  await press(page, "ArrowDown");
  await press(page, "Enter");
  await page.waitFor("location.search === '?org-unit=371482'");
  await page.waitFor("document.querySelector('h1').innerText.includes('三倍')");
  assertClean(page, server);
});

test("Chromium 86 shows and announces the mark that arrow keys lead to", async () => {
  const page = await openStarted(TAXPAYING_FIRMS);
  await page.evaluate("document.querySelector('#from-to .plot').focus()");
  await press(page, "End");
  await page.waitFor("document.querySelector('.tip')?.innerText.includes('6,989家')");
  assert.match(await text(page, ".visually-hidden[role=status]"), /6,989家.*2022年10月31日.*中华工商时报/);
  assertClean(page, server);
});
