// A page that is open while others publish: it shows the new figure by itself, and nothing the reader did is undone.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assertClean, startSite } from "./harness.mjs";
import { TAXPAYING_FIRMS, assertShows } from "./pages.mjs";

const program = process.env.FEDERATION_DASHBOARD ?? new URL("../../target/release/federation-dashboard", import.meta.url).pathname;
const sample = readFileSync(new URL("../../data/samples/yucheng-2022.csv", import.meta.url), "utf8");
const site = startSite();

/** Publishes the sample with another number of tax-paying firms, as somebody else would. */
function publish(number) {
  const { folder } = site.server;
  writeFileSync(join(folder, "corrected.csv"), sample.replace(",6989,", `,${number},`));
  const database = `sqlite://${join(folder, "dashboard.db")}`;
  execFileSync(program, ["import", "corrected.csv", "--database-url", database], { cwd: folder });
}

test("an open page shows what was just published, and the reader's place, focus and open table stay", async () => {
  const page = await site.openStarted(TAXPAYING_FIRMS);
  await assertShows(page.locator(".lead"), "6,989家");
  const summary = page.locator("#from-to summary");
  await summary.click();
  await summary.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const before = await summary.boundingBox();
  publish(6990);
  await assertShows(page.locator(".lead"), "6,990家");
  await assertShows(page.locator(".updated"), "数据已更新");
  assert.ok(await page.locator("#from-to details").evaluate((details) => details.open));
  assert.ok(await summary.evaluate((element) => element === document.activeElement));
  const after = await summary.boundingBox();
  assert.ok(Math.abs(after.y - before.y) < 2, `moved from ${before.y} to ${after.y}`);
  assertClean(page, site.server);
});

test("what was published while nobody listened is there when the page is shown again", async () => {
  const page = await site.openStarted(TAXPAYING_FIRMS);
  const show = (isHidden) =>
    page.evaluate((isHidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }, isHidden);
  await show(true);
  publish(6991);
  await page.waitForTimeout(2_500);
  assert.ok(!(await page.locator(".lead").innerText()).includes("6,991"));
  await show(false);
  await assertShows(page.locator(".lead"), "6,991家");
  assertClean(page, site.server);
});
