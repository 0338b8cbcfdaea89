// The form of a report: filled in with the keyboard, checked as one types, saved by itself, and never lost.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertClean, openPage, startSite } from "./harness.mjs";
import { startOldChromium } from "./old-chromium.mjs";
import { arriveBy, axeFaults, invite, signIn } from "./people.mjs";

const site = startSite();
const YEAR = 2023;
const FORM = `/report/form?org-unit=371482&year=${YEAR}`;

/** The clerk of Yucheng, once for all tests; each test has a context of its own with that session, and its own year. */
let arrived;
async function clerk() {
  arrived ??= arriveBy(site, invite(site, "li", "李敏", "371482", "reporter"), "li", { viewport: { width: 1280, height: 900 } });
  return arrived;
}

async function openForm(year, page) {
  page ??= await (await clerk()).context().newPage();
  page.setDefaultTimeout(10_000);
  page.complaints ??= [];
  await page.goto(`${site.server.url}/report/form?org-unit=371482&year=${year}`);
  await page.locator("#bar .left").filter({ hasText: /已填/ }).waitFor();
  return page;
}

const cell = (page, indicator, column = "value") => page.locator(`[name="${column}.${indicator}"]`);
const found = (page, indicator) => page.locator(`[id="issue.${indicator}"]`);
const saved = (page) => page.locator("#bar .kept").filter({ hasText: /^已保存/ }).waitFor();

test("probe", async () => {
  const page = await openForm(2023);
  await cell(page, "taxpaying_firms").focus();
  await page.keyboard.type("五百");
  await found(page, "taxpaying_firms").filter({ hasText: "“五百”不是数" }).waitFor();
  await saved(page);
  await page.screenshot({ path: "/tmp/s7/form.png" });
});
