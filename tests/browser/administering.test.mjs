// The administrator of a prefecture sets a deadline, sees who is late, and gives and takes roles; a clerk is reminded.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertClean, startSite } from "./harness.mjs";
import { arriveBy, axeFaults, invite } from "./people.mjs";

const site = startSite();
const SCRIPTED = { viewport: { width: 1280, height: 900 } };
/** The pages of the desk need no scripts. */
const PLAIN = { ...SCRIPTED, javaScriptEnabled: false };

let arrived;
async function everybody() {
  arrived ??= Promise.all([
    arriveBy(site, invite(site, "zhao", "赵琳", "370000", "administrator"), "zhao", PLAIN),
    arriveBy(site, invite(site, "li", "李敏", "371482", "reporter"), "li", PLAIN),
    arriveBy(site, invite(site, "sun", "孙伟", "370000", "administrator"), "sun", SCRIPTED),
  ]);
  const [administrator, clerk, scripted] = await arrived;
  return { administrator, clerk, scripted };
}

const main = (page) => page.locator("main").innerText();
const press = (page, name) => Promise.all([page.waitForNavigation(), page.getByRole("button", { name }).click()]);

/** A day so many days from today, in China. */
const day = (from) => new Date(Date.now() + (from * 24 + 8) * 3_600_000).toISOString().slice(0, 10);
const YEAR = new Date(Date.now() + 8 * 3_600_000).getFullYear() - 1;

test("a deadline is set by keyboard and without a script, a wrong one is refused at its field, and who is late is told", async () => {
  const { administrator, clerk } = await everybody();
  await administrator.goto(`${site.server.url}/reporting?org-unit=371400&year=${YEAR}`);
  assert.match(await main(administrator), /没有设定/);
  const due = administrator.locator("input[name=due]");
  await due.fill("1999-01-01");
  await Promise.all([administrator.waitForNavigation(), due.press("Enter")]);
  assert.equal(await administrator.locator("input[name=due]").getAttribute("aria-invalid"), "true");
  assert.match(await administrator.getByRole("alert").innerText(), new RegExp(`${YEAR}年至`));
  administrator.complaints = administrator.complaints.filter((complaint) => !/400/.test(complaint));

  await administrator.locator("input[name=due]").fill(day(-3));
  await Promise.all([administrator.waitForNavigation(), administrator.locator("input[name=due]").press("Enter")]);
  const late = await main(administrator);
  assert.match(late, /应报送12个单位，已有0个报送/);
  assert.match(late, /12个逾期未报/);
  assert.match(late, /逾期3天/);

  await clerk.goto(`${site.server.url}/report`);
  assert.match(await main(clerk), new RegExp(`禹城市${YEAR}年：.*逾期3天`));
  await administrator.locator("input[name=due]").fill(day(5));
  await Promise.all([administrator.waitForNavigation(), administrator.locator("input[name=due]").press("Enter")]);
  await clerk.reload();
  assert.match(await main(clerk), /还有5天/);
  await administrator.goto(`${site.server.url}/reporting?org-unit=370000&year=${YEAR}`);
  assert.match(await main(administrator), /德州市/);
  assert.equal(await administrator.locator("table.shares tbody tr").count(), 16);
  assertClean(administrator, site.server);
});

test("a clerk sees their own unit and nobody else's lateness", async () => {
  const { clerk } = await everybody();
  await clerk.goto(`${site.server.url}/reporting?org-unit=371400&year=${YEAR}`);
  const seen = await main(clerk);
  assert.match(seen, /禹城市/);
  assert.ok(!seen.includes("乐陵"));
  const answer = await clerk.goto(`${site.server.url}/reporting?org-unit=370100&year=${YEAR}`);
  assert.equal(answer.status(), 403);
  clerk.complaints = [];
});

test("a role is given and taken, and a link shown once", async () => {
  const { administrator, clerk } = await everybody();
  await administrator.goto(`${site.server.url}/admin`);
  await administrator.getByRole("link", { name: "李敏" }).press("Enter");
  await administrator.waitForURL(/accounts/);
  await administrator.locator("input[name=org_unit]:not([type=hidden])").fill("999999");
  await press(administrator, "授予角色");
  assert.equal(await administrator.getByRole("alert").count(), 1);
  administrator.complaints = [];
  await administrator.locator("input[name=org_unit]:not([type=hidden])").fill("371400");
  await administrator.getByLabel("角色").selectOption("reviewer");
  await press(administrator, "授予角色");
  assert.match(await main(administrator), /德州市 · 审核/);
  await clerk.goto(`${site.server.url}/me`);
  assert.match(await main(clerk), /德州市 · 审核/);
  await press(administrator, /取消.*德州市 · 审核/);
  assert.ok(!(await main(administrator)).includes("德州市 · 审核"));
  await press(administrator, "一次性链接");
  assert.match(await main(administrator), /\/links\//);
  assertClean(administrator, site.server);
});

test("a token is shown once and revoked, and signing out everywhere ends the session", async () => {
  const { scripted } = await everybody();
  await scripted.goto(`${site.server.url}/me`);
  await scripted.getByLabel(/用途/).fill("年报脚本");
  await press(scripted, "生成令牌");
  assert.match(await main(scripted), /不再显示/);
  await scripted.goto(`${site.server.url}/me`);
  assert.match(await main(scripted), /年报脚本/);
  await press(scripted, /作废/);
  assert.match(await main(scripted), /没有令牌/);
});

test("a clerk of a province finds a county by its name", async () => {
  await everybody();
  const page = await arriveBy(site, invite(site, "qian", "钱进", "370000", "reporter"), "qian", PLAIN);
  await page.goto(`${site.server.url}/report`);
  await page.locator("input[name=org-unit]").fill("禹城");
  await Promise.all([page.waitForNavigation(), page.locator("input[name=org-unit]").press("Enter")]);
  assert.match(await page.locator("#now h2").innerText(), /禹城市/);
  await page.locator("input[name=org-unit]").fill("市中区");
  await Promise.all([page.waitForNavigation(), page.locator("input[name=org-unit]").press("Enter")]);
  assert.ok((await page.locator("#now li a").count()) > 1);
  assertClean(page, site.server);
});

test("the pages of administration are without fault for axe, and as wide as the window", async () => {
  const { scripted } = await everybody();
  await scripted.goto(`${site.server.url}/admin`);
  const account = await scripted.getByRole("link", { name: "李敏" }).getAttribute("href");
  for (const address of [`/reporting?year=${YEAR}`, `/reporting?org-unit=371400&year=${YEAR}`, "/admin", account, "/me"]) {
    for (const language of ["", "lang=en"]) {
      await scripted.goto(`${site.server.url}${address}${language && (address.includes("?") ? "&" : "?") + language}`);
      assert.deepEqual(await axeFaults(scripted), [], `${address} ${language}`);
    }
  }
  await scripted.goto(`${site.server.url}/me`);
  await press(scripted, "退出所有登录");
  await scripted.waitForURL(/sign-in/);
});
