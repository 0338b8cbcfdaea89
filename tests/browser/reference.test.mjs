// The page of the API: complete without script, no wider than its window, without a link that leads nowhere, and in Chromium 86.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { assertClean, startSite } from "./harness.mjs";
import { startOldChromium } from "./old-chromium.mjs";
import { DESKTOP, TELEPHONE, assertShows, inLanguage } from "./pages.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const site = startSite();
const WALL = { width: 3840, height: 2160 };

const isTooWide = (page) => page.evaluate("document.documentElement.scrollWidth > innerWidth");
const openAll = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));

for (const language of ["zh", "en"]) {
  test(`the page of the API fits every window, ${language}`, async () => {
    const page = await site.open(inLanguage("/api", language), { javaScriptEnabled: false });
    await assertShows(page.locator("main"), "/api/v1/observations", "taxpaying_firms", "ObservationStatus");
    for (const viewport of [TELEPHONE, DESKTOP, WALL]) {
      await page.setViewportSize(viewport);
      assert.equal(await isTooWide(page), false, `${viewport.width} px`);
    }
    assertClean(page, site.server);
    await page.context().close();
  });

  test(`every link within the page of the API leads to a part of it, ${language}`, async () => {
    const page = await site.open(inLanguage("/api", language));
    const nowhere = await page.evaluate(() => {
      const links = [...document.querySelectorAll('main a[href^="#"]')].map((link) => link.getAttribute("href").slice(1));
      return links.filter((id) => !document.getElementById(id));
    });
    assert.deepEqual(nowhere, []);
    await page.context().close();
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing on the page of the API, ${language}, ${colorScheme}`, async () => {
      const page = await site.open(inLanguage("/api", language), { colorScheme, viewport: DESKTOP });
      await openAll(page);
      await page.evaluate(axeSource);
      const found = await page.evaluate(async () => {
        const { violations } = await axe.run(document, { resultTypes: ["violations"] });
        return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)}`));
      });
      assert.deepEqual(found, []);
      assertClean(page, site.server);
      await page.context().close();
    });
  }
}

test("the footer of every page leads there, and the app leaves it to the browser", async () => {
  const page = await site.openStarted("/?lang=en");
  await page.locator("footer").getByRole("link").first().click();
  await page.waitForURL(`${site.server.url}/api?lang=en`);
  await assertShows(page.locator("h1"), "The API");
  assertClean(page, site.server);
});

test("Chromium 86 draws the page of the API", async () => {
  const chromium = await startOldChromium();
  try {
    const page = await chromium.openPage(`${site.server.url}/api`);
    await page.waitFor("document.readyState === 'complete' && document.querySelector('main')?.innerText.includes('taxpaying_firms')");
    assert.equal(await isTooWide(page), false);
  } finally {
    await chromium.close();
  }
});
