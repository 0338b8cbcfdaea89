// Three people: the clerk of a county who reports, the reviewer of the prefecture above it, and an official who only reads.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { appState, assertClean, startSite } from "./harness.mjs";
import { arriveBy, axeFaults, invite } from "./people.mjs";

const site = startSite({ since: "-3d" });
/** The Python that .ci/setup gave the libraries that write spreadsheets. */
const tools = process.env.TOOLS ?? join(homedir(), ".cache/federation-dashboard/tools");
const python = join(tools, "spreadsheets/bin/python");

/** A county's table as a clerk saves it. */
const file = (lines, year = 2025) => ({
  name: "年报.csv",
  mimeType: "text/csv",
  buffer: Buffer.from([`指标,${year}年`, ...lines].join("\n")),
});

/** Presses a link that downloads, and answers where the file is. */
async function download(page, name) {
  const [arriving] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
  const path = join(site.server.folder, arriving.suggestedFilename());
  await arriving.saveAs(path);
  return path;
}

/** A template filled in by openpyxl, as a file to be sent, and the cell that each figure went into. */
function fill(template, figures) {
  const out = join(site.server.folder, "年报.xlsx");
  const script = fileURLToPath(new URL("../layouts/clerk.py", import.meta.url));
  const cells = execFileSync(python, [script, template, out, ...figures], { encoding: "utf8" }).trim().split("\n");
  return { file: out, cells: Object.fromEntries(figures.map((figure, at) => [figure.split("=")[0], cells[at]])) };
}

/** The day before today, in China, as an address names it. */
const yesterday = (page) =>
  page.evaluate(() => new Date(Date.now() - 16 * 3600 * 1000).toISOString().slice(0, 10));

/** Opens the one report that waits for the reviewer. */
async function openReport(reviewer) {
  await reviewer.goto(`${site.server.url}/review`);
  await reviewer.getByRole("link", { name: /禹城市/ }).first().click();
  await reviewer.waitForURL(/\/review\/[0-9a-f]+/);
}

const main = (page) => page.locator("main").innerText();

/** Chooses a file and sends it to be read. */
async function upload(page, sent) {
  await page.locator("input[type=file]").setInputFiles(sent);
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "上传并检查" }).click()]);
}

/** Presses a button of a form, and waits for the page that answers it. */
const press = (page, name) => Promise.all([page.waitForNavigation(), page.getByRole("button", { name }).click()]);

/** Gives every warning that is left one reason, kind by kind. */
async function confirmAll(page, reason) {
  const forms = page.locator("form.for-all");
  while (await forms.count()) {
    await forms.first().locator("input[name=reason]").fill(reason);
    await Promise.all([page.waitForNavigation(), forms.first().getByRole("button").click()]);
  }
}

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

test("a filled template goes from three errors to an open page of an official, and every state of it can be seen", async () => {
  const { clerk, reviewer } = await everybody();
  const official = await site.openStarted("/indicators/taxpaying_firms?org-unit=371482");
  assert.ok(!(await main(official)).includes("7,200"));

  await clerk.goto(`${site.server.url}/report?org-unit=371482&year=2023`);
  const template = await download(clerk, "下载 XLSX 模板");
  const typed = ["training_sessions=240余", "donations_total=200万", "service_commissioners=690"];
  const wrong = fill(template, ["taxpaying_firms=五百", "firm_support_activities=12.5", "party_theme_activities=-3", ...typed]);
  await upload(clerk, wrong.file);
  for (const [indicator, said] of [
    ["taxpaying_firms", "“五百”不是数"],
    ["firm_support_activities", "12.5不是整数"],
    ["party_theme_activities", "−3超出范围"],
  ]) {
    const row = clerk.locator("#errors tr").filter({ has: clerk.getByText(wrong.cells[indicator], { exact: true }) });
    assert.ok((await row.innerText()).includes(said), said);
  }
  assert.equal(await clerk.locator("#errors tbody tr").count(), 3);
  assert.equal(await clerk.getByRole("button", { name: "报送审核" }).count(), 0);

  const right = fill(template, ["taxpaying_firms=7200", "firm_support_activities=12", "party_theme_activities=3", ...typed]);
  await upload(clerk, right.file);
  assert.equal(await clerk.locator("#errors").count(), 0);
  assert.equal(await clerk.getByRole("button", { name: "报送审核" }).count(), 0);
  const doubt = clerk.locator("#warnings tbody tr").filter({ hasText: "标杆县级工商联年份" });
  assert.match(await doubt.innerText(), /2022年为2022，本次没有填报/);
  await doubt.getByText("单独说明").click();
  await doubt.getByLabel("没有填报的原因").fill("只评定一次");
  await Promise.all([clerk.waitForNavigation(), doubt.getByRole("button").click()]);
  await confirmAll(clerk, "其他指标由各部门另报");
  await press(clerk, "报送审核");
  const report = clerk.url();

  await openReport(reviewer);
  assert.match(await main(reviewer), /只评定一次[^]*其他指标由各部门另报/);
  await reviewer.locator("input[name=note]").fill("培训场次请核对");
  await press(reviewer, "退回");

  await clerk.goto(report);
  assert.match(await main(clerk), /培训场次请核对/);
  await clerk.locator("input[name=text]").fill("已核对，无误");
  await press(clerk, "发表");
  await press(clerk, "报送审核");

  await openReport(reviewer);
  assert.match(await main(reviewer), /已核对，无误/);
  await press(reviewer, "通过并公布");
  assert.match(await main(reviewer), /已通过并公布为数据版本2/);

  await official.getByText("7,200").first().waitFor();
  await official.getByRole("link", { name: "公布历史" }).click();
  await official.waitForURL(/\/history\?/);
  const past = await main(official);
  assert.ok(past.includes("7,200家") && past.includes("6,989家") && !past.includes("李敏"), past);
  assertClean(official, site.server);

  await clerk.goto(`${site.server.url}/history?indicator=taxpaying_firms&org-unit=371482`);
  const history = await main(clerk);
  for (const said of ["7,200家", "6,989家", "李敏", "王强"]) assert.ok(history.includes(said), `${said} not in ${history}`);

  for (const day of ["1", await yesterday(official)]) {
    const page = await site.openStarted(`/indicators/taxpaying_firms?org-unit=371482&as-of=${day}`);
    const shown = await main(page);
    assert.ok(shown.includes("6,989") && !shown.includes("7,200"), `as of ${day}: ${shown}`);
    assertClean(page, site.server);
  }
});

test("a file with one corrected line takes back nothing in silence, and one reason does for all that it lacks", async () => {
  const { clerk, reviewer } = await everybody();
  await clerk.goto(`${site.server.url}/report?org-unit=371482&year=2023`);
  await upload(clerk, file(["纳税企业数,7201", "商会党建主题活动次数,3", "助企活动场次,12"], 2023));
  const gone = clerk.locator("#warnings tbody tr").filter({ hasText: "已公布为" });
  assert.equal(await gone.count(), 3);
  const asked = (await gone.allInnerTexts()).join();
  for (const said of ["“培训场次”2023年已公布为>240，本表没有这一数据", "“捐款捐物总额”2023年已公布为2,000,000", "表中没有"]) {
    assert.ok(asked.includes(said), `${said} not in ${asked}`);
  }
  assert.equal(await clerk.getByRole("button", { name: "报送审核" }).count(), 0);
  await clerk.getByLabel("以下3处如为同一原因，可一并说明").fill("三项待核实，暂时撤销");
  await Promise.all([clerk.waitForNavigation(), clerk.getByRole("button", { name: "全部确认" }).first().click()]);
  await confirmAll(clerk, "由各部门另报");
  await press(clerk, "报送审核");
  await reviewer.goto(clerk.url().replace("/report/", "/review/"));
  const shown = await main(reviewer);
  assert.equal(shown.split("已确认（李敏）：三项待核实，暂时撤销").length - 1, 3, shown);
  await reviewer.locator("input[name=note]").fill("请补齐三项");
  await press(reviewer, "退回");
  assertClean(reviewer, site.server);
});

test("a conflict is shown side by side, and a wrong publication is undone for everybody who looks", async () => {
  const { clerk, reviewer } = await everybody();
  const send = async (firms) => {
    await clerk.goto(`${site.server.url}/report?org-unit=371482&year=2023`);
    await upload(clerk, { ...file([]), buffer: Buffer.from(`指标,2023年\n纳税企业数,${firms}`) });
    await confirmAll(clerk, "今年不再统计");
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
