// What is published while a page is open appears on it, and nothing else on it moves.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { assertClean, program, startSite } from "./harness.mjs";

const site = startSite();
const SAMPLE = readFileSync(new URL("../../data/samples/yucheng-2022.csv", import.meta.url), "utf8");

/** Publishes the sample with another number of tax-paying firms into the database of the running program. */
async function publish(number) {
  const file = join(site.server.folder, "corrected.csv");
  writeFileSync(file, SAMPLE.replace(/,6\d{3},/, `,${number},`));
  const database = `sqlite://${join(site.server.folder, "dashboard.db")}`;
  await promisify(execFile)(program, ["import", file, "--database-url", database]);
}

test("a corrected figure appears on an open page, and what was opened and focused stays so", async () => {
  const page = await site.openStarted("/indicators/taxpaying_firms?org-unit=371482");
  const summary = page.locator("main summary").first();
  await summary.focus();
  await page.keyboard.press("Enter");
  await publish(6990);
  await page.getByText("6,990家").first().waitFor();
  assert.equal(await page.getByRole("status").filter({ hasText: "数据已更新" }).count(), 1);
  assert.ok(await page.locator("main details").first().evaluate((details) => details.open));
  assert.ok(await summary.evaluate((element) => element === document.activeElement));
  assertClean(page, site.server);
});

test("a page of the past stays as it was", async () => {
  const page = await site.openStarted("/indicators/taxpaying_firms?org-unit=371482&as-of=1");
  await publish(6991);
  await page.waitForTimeout(2500);
  assert.equal(await page.getByText("6,989家").first().isVisible(), true);
  assert.equal(await page.getByText("6,991").count(), 0);
  assertClean(page, site.server);
});

test("a page that shows nothing of what has changed is left alone", async () => {
  const page = await site.openStarted("/indicators/training_sessions?org-unit=371482");
  await page.evaluate(() => (document.querySelector("h1").isSame = true));
  await publish(6992);
  await page.waitForTimeout(2500);
  assert.ok(await page.evaluate(() => document.querySelector("h1").isSame));
  assertClean(page, site.server);
});
