// Three people: the clerk of a county who reports, the reviewer of the prefecture above it, and an official who only reads.

import assert from "node:assert/strict";
import { test } from "node:test";
import { appState, assertClean, startSite } from "./harness.mjs";
import { arriveBy, axeFaults, invite } from "./people.mjs";

const site = startSite();

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
    arriveBy(site, invite(site, "li", "李敏", "371482", "reporter"), "li", { viewport }),
    arriveBy(site, invite(site, "wang", "王强", "371400", "reviewer"), "wang", { viewport }),
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

  await clerk.goto(`${site.server.url}/history?indicator=taxpaying_firms&org-unit=371482`);
  const history = await main(clerk);
  for (const said of ["7,200家", "6,989家", "李敏", "王强"]) assert.ok(history.includes(said), `${said} not in ${history}`);

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

test("the pages of the desk are without fault for axe, and as wide as the window", async () => {
  const { clerk, reviewer } = await everybody();
  await clerk.goto(`${site.server.url}/report?year=2024`);
  await upload(clerk, file(["纳税企业数,很多", "培训场次,无", "捐款捐物总额,3万"]));
  const draft = new URL(clerk.url()).pathname;
  const past = "/history?indicator=taxpaying_firms&org-unit=371482";
  const pages = [[clerk, "/report"], [clerk, draft], [clerk, past], [reviewer, "/review"], [reviewer, draft.replace("report", "review")]];
  for (const [page, address] of pages) {
    for (const language of ["", "lang=en"]) {
      const joint = address.includes("?") ? "&" : "?";
      await page.goto(`${site.server.url}${address}${language && joint + language}`);
      assert.deepEqual(await axeFaults(page), [], `${address} ${language}`);
    }
  }
});

test("the way from the public pages to the desk is a link, and the app leaves it to the browser", async () => {
  const page = await site.openStarted("/");
  await page.getByRole("link", { name: "报送", exact: true }).click();
  await page.waitForURL(/\/sign-in\?next=/);
  assert.deepEqual(await axeFaults(page), []);
});
