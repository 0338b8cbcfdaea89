// Three people: the clerk of a county who reports, the reviewer of the prefecture above it, and an official who only reads.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { appState, assertClean, openPage, program, startSite } from "./harness.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
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

  await clerk.goto(`${site.server.url}/history?indicator=taxpaying_firms&org-unit=371482`);
  const history = await main(clerk);
  for (const said of ["7,200家", "6,989家", "李敏", "王强"]) assert.ok(history.includes(said), `${said} not in ${history}`);

  const past = await site.openStarted("/org-units/371482?as-of=1");
  assert.ok(!(await main(past)).includes("7,200"));
  assert.equal(await appState(past), "started");
});

test("a conflict is shown side by side, and a wrong publication is undone for everybody who looks", async () => {
  const { clerk, reviewer } = await everybody();
  const send = async (firms) => {
    await clerk.goto(`${site.server.url}/report?org-unit=371482&year=2023`);
    await upload(clerk, { ...file([]), buffer: Buffer.from(`指标,2023年\n纳税企业数,${firms}`) });
    const open = clerk.locator("#warnings input[name=reason][value='']");
    while (await open.count()) {
      await open.first().fill("今年不再统计");
      await Promise.all([clerk.waitForNavigation(), open.first().press("Enter")]);
    }
    await press(clerk, "报送审核");
    return new URL(clerk.url()).pathname;
  };
  const first = await send(7301);
  const second = await send(7402);
  await reviewer.goto(site.server.url + second.replace("report", "review"));
  const other = await reviewer.context().newPage();
  await other.goto(site.server.url + first.replace("report", "review"));
  await press(other, "通过并公布");
  await other.close();
  // What the reviewer decides on was published otherwise meanwhile: nothing is published, and both are shown.
  await press(reviewer, "通过并公布");
  const conflict = await main(reviewer);
  for (const said of ["没有公布", "7,301家", "7,402家", "李敏报送 · 王强通过"]) assert.ok(conflict.includes(said), `${said} not in ${conflict}`);
  await press(reviewer, "替换冲突数据，通过并公布");

  const official = await site.openStarted("/indicators/taxpaying_firms?org-unit=371482");
  const shows = (number) => document.querySelector("main").textContent.includes(number);
  await official.waitForFunction(shows, "7,402");
  await reviewer.goto(`${site.server.url}/vintages`);
  await reviewer.locator("table.vintages tbody th a").first().click();
  await reviewer.waitForURL(/\/vintages\/\d+/);
  assert.match(await main(reviewer), /7,402家\s+7,301家/);
  await reviewer.locator("input[name=reason]").fill("口径有误");
  await press(reviewer, "撤销这次公布");
  assert.match(await main(reviewer), /撤销版本\d+：口径有误/);
  await official.waitForFunction(() => !document.querySelector("main").textContent.includes("7,402"));
  assert.ok(await official.evaluate(shows, "7,301"));
  assertClean(official, site.server);
  await clerk.goto(site.server.url + second);
  assert.match(await main(clerk), /公布已由版本\d+撤销（王强）：口径有误/);

  const anybody = await site.open("/history?indicator=taxpaying_firms&org-unit=371482");
  const told = await main(anybody);
  assert.ok(told.includes("口径有误") && !told.includes("王强"), told);
});

test("who sends a report cannot decide on it, and who decides cannot send one", async () => {
  const { clerk, reviewer } = await everybody();
  const answer = await clerk.goto(`${site.server.url}/review`);
  assert.ok(answer.status() === 403 || !(await main(clerk)).includes("通过并公布"));
  await reviewer.goto(`${site.server.url}/report`);
  assert.equal(await reviewer.locator("input[type=file]").count(), 0);
});

/** What axe finds on the page, and whether it is wider than the window, on a telephone and a wall, in the light and the dark. */
async function faults(page) {
  const found = [];
  for (const width of [360, 1280, 3840]) {
    for (const colorScheme of ["light", "dark"]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.evaluate(axeSource);
      const here = await page.evaluate(async () => {
        const { violations } = await axe.run(document, { resultTypes: ["violations"] });
        const wide = document.documentElement.scrollWidth > innerWidth ? ["wider than the window"] : [];
        return [...wide, ...violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`)];
      });
      found.push(...here.map((fault) => `${width} px, ${colorScheme}: ${fault}`));
    }
  }
  return found;
}

test("the pages of the desk are without fault for axe, and as wide as the window", async () => {
  const { clerk, reviewer } = await everybody();
  await clerk.goto(`${site.server.url}/report?year=2024`);
  await upload(clerk, file(["纳税企业数,很多", "培训场次,无", "捐款捐物总额,3万"]));
  const draft = new URL(clerk.url()).pathname;
  const past = "/history?indicator=taxpaying_firms&org-unit=371482";
  const pages = [[clerk, "/report"], [clerk, draft], [clerk, past], [reviewer, "/review"], [reviewer, draft.replace("report", "review")], [reviewer, "/vintages"], [reviewer, "/vintages/1"]];
  for (const [page, address] of pages) {
    for (const language of ["", "lang=en"]) {
      const joint = address.includes("?") ? "&" : "?";
      await page.goto(`${site.server.url}${address}${language && joint + language}`);
      assert.deepEqual(await faults(page), [], `${address} ${language}`);
    }
  }
});

test("the way from the public pages to the desk is a link, and the app leaves it to the browser", async () => {
  const page = await site.openStarted("/");
  await page.getByRole("link", { name: "报送", exact: true }).click();
  await page.waitForURL(/\/sign-in\?next=/);
  assert.deepEqual(await faults(page), []);
});
