// Light and dark: the system's choice until the reader makes one, which a cookie keeps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SCRIPT_UNUSED, appState, assertClean, startSite } from "./harness.mjs";
import { OVERVIEW, TAXPAYING_FIRMS, headline, arrive } from "./pages.mjs";

const site = startSite();
const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const bars = (page) => page.evaluate(() => getComputedStyle(document.querySelector(".plot svg [fill='#B3261E']")).fill);
const LIGHT = "rgb(251, 250, 246)";
const DARK = "rgb(18, 21, 27)";
const switchTheme = (page) => page.locator("button.theme").click();

for (const [colorScheme, colour] of [["light", LIGHT], ["dark", DARK]]) {
  test(`a ${colorScheme} system gives a ${colorScheme} page, without script too`, async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await site.open(OVERVIEW, { colorScheme, javaScriptEnabled });
      assert.equal(await paper(page), colour);
      assertClean(page, site.server, SCRIPT_UNUSED);
    }
  });
}

test("the pictures change with the theme", async () => {
  const page = await site.openStarted(TAXPAYING_FIRMS, { colorScheme: "light" });
  assert.equal(await bars(page), "rgb(179, 38, 30)");
  await switchTheme(page);
  assert.equal(await bars(page), "rgb(255, 138, 122)");
  assertClean(page, site.server);
});

test("a page comes in the theme that was chosen, before any script has run", async () => {
  const page = await site.open(OVERVIEW, { colorScheme: "light", javaScriptEnabled: false, extraHTTPHeaders: { cookie: "theme=dark" } });
  assert.equal(await paper(page), DARK);
});

test("the button turns the theme and the choice survives links and reloads", async () => {
  const page = await site.openStarted(OVERVIEW, { colorScheme: "dark" });
  await switchTheme(page);
  assert.equal(await paper(page), LIGHT);
  await headline(page, "纳税企业数").getByRole("link").click();
  await arrive(page, TAXPAYING_FIRMS);
  assert.equal(await paper(page), LIGHT);
  await page.reload();
  assert.equal(await appState(page), "started");
  assert.equal(await paper(page), LIGHT);
  await switchTheme(page);
  assert.equal(await paper(page), DARK);
  assertClean(page, site.server);
});
