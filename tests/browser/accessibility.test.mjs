// axe-core on every kind of page, in both languages, both themes, on a desktop and on a telephone, and on what the app lays
// over a page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { assertClean, startSite } from "./harness.mjs";
import { DESKTOP, OVERVIEW, PAGES, SYNTHETIC_PAGES, TAXPAYING_FIRMS, TELEPHONE, headline, inLanguage } from "./pages.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const site = startSite();
const synthetic = startSite({ synthetic: true });

/** Violations of WCAG 2.2 AA and of axe's best practices, one line each. */
async function violations(page, options = {}) {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axeSource);
  return page.evaluate(async (options) => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"], ...options });
    return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`));
  }, options);
}

/** What depends on the colours alone: the rest is the same in the dark. */
const COLOURS = { runOnly: ["color-contrast", "link-in-text-block"] };
const SETTINGS = [
  [DESKTOP, "light", {}],
  [DESKTOP, "dark", COLOURS],
  [TELEPHONE, "light", {}],
  [TELEPHONE, "dark", COLOURS],
];

/** Opens every closed part, so that what is in it is looked at too. */
const openAll = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));

async function checkEverywhere(page) {
  await openAll(page);
  const found = {};
  for (const [viewport, colorScheme, options] of SETTINGS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const here = await violations(page, options);
    if (here.length > 0) found[`${viewport.width} px, ${colorScheme}`] = here;
  }
  assert.deepEqual(found, {});
}

/** A page that does not exist is answered with 404, which is no fault of it. */
const intended = (name) => (name.includes("does not exist") ? /404/ : undefined);

for (const [where, pages] of [[site, PAGES], [synthetic, SYNTHETIC_PAGES]]) {
  for (const [name, address] of Object.entries(pages)) {
    for (const language of ["zh", "en"]) {
      test(`axe finds nothing on: ${name}, ${language}`, async () => {
        const page = await where.openStarted(inLanguage(address, language));
        await checkEverywhere(page);
        assertClean(page, where.server, intended(name));
        await page.context().close();
      });
    }
  }
}

test("axe finds nothing on the list of the search", async () => {
  const page = await site.openStarted(OVERVIEW);
  await page.getByRole("searchbox").pressSequentially("yucheng");
  await page.getByRole("listbox").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.locator("[role=option][aria-selected=true]").waitFor();
  await checkEverywhere(page);
  assertClean(page, site.server);
});

test("axe finds nothing on the search that has found nothing", async () => {
  const page = await site.openStarted(OVERVIEW);
  await page.getByRole("searchbox").pressSequentially("zzzz");
  await page.locator(".found-list").waitFor();
  await checkEverywhere(page);
  assertClean(page, site.server);
});

test("axe finds nothing on the tip of a mark", async () => {
  const page = await site.openStarted(TAXPAYING_FIRMS);
  await page.locator("#from-to .plot:visible").focus();
  await page.keyboard.press("End");
  await page.locator(".tip").waitFor();
  await checkEverywhere(page);
  assertClean(page, site.server);
});

test("axe finds nothing while the server is away", async () => {
  const page = await site.openStarted(OVERVIEW);
  await page.route("**/api/v1/pages/**", (route) => route.abort());
  await headline(page, "纳税企业数").getByRole("link").click();
  await page.locator(".away").waitFor();
  await checkEverywhere(page);
  assertClean(page, site.server, /net::ERR_FAILED/);
});
