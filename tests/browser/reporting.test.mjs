// Three people: the clerk of a county who reports, the reviewer of the prefecture above it, and an official who only reads.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { appState, assertClean, openPage, program, startSite } from "./harness.mjs";

const PASSWORD = "correct horse battery";
const site = startSite();

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

/** A county's table as a clerk saves it. */
const file = (lines) => ({
  name: "年报.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(["指标,2025年", ...lines].join("\n")),
});

const main = (page) => page.locator("main").innerText();

/** Chooses a file and sends it to be read. */
async function upload(page, sent) {
  await page.locator("input[type=file]").setInputFiles(sent);
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "上传并检查" }).click()]);
}

/** Presses a button of a form, and waits for the page that answers it. */
const press = (page, name) => Promise.all([page.waitForNavigation(), page.getByRole("button", { name }).click()]);

/** Both have arrived by their links, once for all tests. */
let arrived;
async function everybody() {
  const viewport = { width: 1280, height: 900 };
  arrived ??= Promise.all([
    arriveBy(invite("li", "李敏", "371482", "reporter"), "li", { viewport }),
    arriveBy(invite("wang", "王强", "371400", "reviewer"), "wang", { viewport }),
  ]);
  const [clerk, reviewer] = await arrived;
  return { clerk, reviewer };
}

test("who is not signed in is asked to", async () => {
  await everybody();
  const page = await site.open("/report");
  await page.waitForURL(/\/sign-in/);
  await page.getByLabel("账号").fill("li");
  await page.getByLabel("密码").fill("wrong");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  assert.match(await page.getByRole("alert").innerText(), /账号或密码/);
});

test("a report goes from a bad file to an open page of an official, and every state of it can be seen", async () => {
  const { clerk, reviewer } = await everybody();
  const official = await site.openStarted("/org-units/371482");
  assert.ok(!(await main(official)).includes("7,200"));

  await clerk.goto(`${site.server.url}/report?year=2025`);
  await upload(clerk, file(["纳税企业数,五百", "培训场次,12.5", "不认识的指标,3"]));
  const wrong = await main(clerk);
  for (const issue of ["B2", "“五百”不是数", "B3", "12.5不是整数", "A4", "“不认识的指标”不是"]) assert.ok(wrong.includes(issue), issue);

  await upload(clerk, file(["纳税企业数,7200", "培训场次,240余", "捐款捐物总额,200万"]));
  assert.match(await main(clerk), /新增3项，更改0项/);
  await press(clerk, "报送审核");
  const report = clerk.url();

  await reviewer.goto(`${site.server.url}/review`);
  await reviewer.getByRole("link", { name: /禹城市/ }).first().click();
  await reviewer.waitForURL(/\/review\/[0-9a-f]+/);
  await reviewer.locator("input[name=note]").fill("培训场次请核对");
  await press(reviewer, "退回");

  await clerk.goto(report);
  assert.match(await main(clerk), /培训场次请核对/);
  await clerk.locator("input[name=text]").fill("已核对，无误");
  await press(clerk, "发表");
  await press(clerk, "报送审核");

  await reviewer.goto(`${site.server.url}/review`);
  await reviewer.getByRole("link", { name: /禹城市/ }).first().click();
  await reviewer.waitForURL(/\/review\/[0-9a-f]+/);
  assert.match(await main(reviewer), /已核对，无误/);
  await press(reviewer, "通过并公布");

  await official.getByText("7,200").first().waitFor();
  assertClean(official, site.server);
  const past = await site.openStarted("/org-units/371482?as-of=1");
  assert.ok(!(await main(past)).includes("7,200"));
  assert.equal(await appState(past), "started");
});

test("who sends a report cannot decide on it, and who decides cannot send one", async () => {
  const { clerk, reviewer } = await everybody();
  const answer = await clerk.goto(`${site.server.url}/review`);
  assert.ok(answer.status() === 403 || !(await main(clerk)).includes("通过并公布"));
  await reviewer.goto(`${site.server.url}/report`);
  assert.equal(await reviewer.locator("input[type=file]").count(), 0);
});
