// Three people: the clerk of a county who reports, the reviewer of the prefecture above it, and an official who only reads.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { before, test } from "node:test";
import { assertClean, openPage, startSite } from "./harness.mjs";
import { DESKTOP, YUCHENG, assertShows } from "./pages.mjs";

const program =
  process.env.FEDERATION_DASHBOARD ?? fileURLToPath(new URL("../../target/release/federation-dashboard", import.meta.url));
const PASSWORD = "correct horse battery";
const site = startSite();
const people = {};

/** Adds a person as the operator does, and returns the path of the one-time link that is printed. */
function invite(name, displayName, orgUnit, role) {
  const database = `sqlite://${join(site.server.folder, "dashboard.db")}`;
  const args = ["user", "add", name, "--display-name", displayName, "--org-unit", orgUnit, "--role", role];
  const printed = execFileSync(program, [...args, "--database-url", database], { encoding: "utf8" });
  return /\/links\/\S+/.exec(printed)[0];
}

/** Opens a one-time link, sets the password and signs in, all by keyboard. */
async function arriveBy(link, name, options) {
  const page = await openPage(site.chromium, site.server.url + link, options);
  await page.getByLabel("新密码").fill(PASSWORD);
  await page.getByLabel("再输入一次").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByLabel("账号").fill(name);
  await page.getByLabel("密码").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "退出" }).waitFor();
  return page;
}

/** A county's table as a clerk saves it: these are its figures of 2025. */
const table = (firms, chambers, trained) => ({
  name: "禹城年报.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(`禹城市2025年报表\n指标,2025年\n纳税企业数,${firms}\n商会会员数,${chambers}\n行业商会数,${trained}\n`),
});

/** Uploads a file by the form on the page, and waits for the page of the report. */
async function upload(page, sent) {
  await page.locator("input[type=file]").setInputFiles(sent);
  await page.getByRole("button", { name: "上传并检查" }).click();
  await page.waitForURL(/\/report\/[0-9a-f]+$/);
}

before(async () => {
  const clerk = invite("li", "李敏", YUCHENG, "reporter");
  const reviewer = invite("wang", "王强", "371400", "reviewer");
  people.clerk = await arriveBy(clerk, "li", { viewport: DESKTOP });
  people.reviewer = await arriveBy(reviewer, "wang", { viewport: DESKTOP });
});

test("who is not signed in is asked to, and comes back to where they were going", async () => {
  const page = await site.open("/report?year=2025");
  await page.waitForURL(/\/sign-in\?next=/);
  await page.getByLabel("账号").fill("li");
  await page.getByLabel("密码").fill("wrong");
  await page.keyboard.press("Enter");
  await assertShows(page.getByRole("alert"), "账号或密码不正确");
  await page.getByLabel("账号").fill("li");
  await page.getByLabel("密码").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/report\?year=2025/);
  assertClean(page, site.server, /401/);
});
