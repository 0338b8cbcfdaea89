// An official with a mouse: is it true that tax-paying firms tripled, and who says so?

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertClean, openPage, startChromium, startSite } from "./harness.mjs";
import { OVERVIEW, TAXPAYING_FIRMS, arrive, assertSame, assertShows, headline, mainHtml } from "./pages.mjs";

const site = startSite();
const TAXPAYING_FIRMS_EN = `${TAXPAYING_FIRMS}&lang=en`;
const DOCUMENT = ["禹城市工商联建立民营经济统战工作协调机制", "中华工商时报", "2022-10-31", "创新工作举措 第2段"];

test("the overview opens with what happened in Yucheng", async () => {
  const page = await site.openStarted(OVERVIEW);
  await assertShows(page.locator("h1"), "禹城市", "纳税企业数", "三倍");
  await assertShows(page.locator(".lead"), "2,330", "6,989家", "3.00倍", "1,355家");
  assert.match(await page.title(), /禹城市.*三倍/);
  assertClean(page, site.server);
});

test("a headline figure leads to its indicator: 2,330 to 6,989, three times", async () => {
  const page = await site.openStarted(OVERVIEW);
  await headline(page, "纳税企业数").getByRole("link").click();
  await arrive(page, TAXPAYING_FIRMS);
  await assertShows(page.locator("h1"), "禹城市", "三倍");
  await assertShows(page.locator(".lead"), "2,330", "6,989家", "3.00倍", "+199.96%");
  await assertShows(page.locator("#from-to .plot:visible"), "2,330", "6,989家", "3.00倍");
  assertClean(page, site.server);
});

test("the list of indicators leads to the same figures", async () => {
  const page = await site.openStarted(OVERVIEW);
  await page.getByRole("link", { name: "指标", exact: true }).click();
  await arrive(page, "/indicators");
  await page.getByRole("link", { name: "纳税企业数", exact: true }).click();
  await arrive(page, "/indicators/taxpaying_firms");
  await assertShows(page.locator(".lead"), "2,330", "6,989家", "3.00倍");
  assertClean(page, site.server);
});

test("the source of a headline figure is one click away", async () => {
  const page = await site.openStarted(OVERVIEW);
  const card = headline(page, "纳税企业数");
  await card.getByText("来源").click();
  await assertShows(card, ...DOCUMENT);
  assertClean(page, site.server);
});

test("the source of each figure in a chart is one click away", async () => {
  const page = await site.openStarted(TAXPAYING_FIRMS);
  const figure = page.locator("#from-to");
  await figure.getByText("表格与文字说明").click();
  for (const row of await figure.locator("tbody tr").all()) await assertShows(row, ...DOCUMENT);
  await assertShows(figure.locator("tbody"), "2,330家", "6,989家", "起点日期原文未注明");
  assertClean(page, site.server);
});

test("a mark under the pointer says its value, period and source", async () => {
  const page = await site.openStarted(TAXPAYING_FIRMS);
  await page.locator("#from-to .plot:visible .hit").last().hover();
  await assertShows(page.locator(".tip"), "禹城市", "6,989家", "截至2022年10月31日", "中华工商时报");
  await page.locator("h1").hover();
  await page.waitForSelector(".tip", { state: "detached" });
  assertClean(page, site.server);
});

test("one click gives the same page in English", async () => {
  const page = await site.openStarted(TAXPAYING_FIRMS);
  await page.getByRole("link", { name: "English" }).click();
  await arrive(page, TAXPAYING_FIRMS_EN);
  await assertShows(page.locator("h1"), "Yucheng", "tripled");
  await assertShows(page.locator(".lead"), "2,330", "6,989", "3.00 times");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assertClean(page, site.server);
});

test("a qualifier is part of its figure in both languages", async () => {
  const page = await site.openStarted(OVERVIEW);
  await assertShows(headline(page, "民营企业党组织覆盖党员数").locator(".number"), "2000余");
  await page.getByRole("link", { name: "English" }).click();
  await arrive(page, "/?lang=en");
  const card = headline(page, "Party members covered in private firms");
  assert.equal((await card.locator(".number").innerText()).replace(/\s+/g, " "), "more than 2,000 members");
  assertClean(page, site.server);
});

test("the search finds Yucheng among all areas as one types", async () => {
  const page = await site.openStarted("/indicators");
  await page.getByRole("searchbox").pressSequentially("禹城");
  await page.getByRole("option", { name: "禹城市" }).click();
  await arrive(page, "/?org-unit=371482");
  await assertShows(page.locator("h1"), "禹城市", "三倍");
  assertClean(page, site.server);
});

test("a copied address reopens the same page in another browser", async () => {
  const page = await site.openStarted(OVERVIEW);
  await headline(page, "纳税企业数").getByRole("link").click();
  await arrive(page, TAXPAYING_FIRMS);
  await page.getByRole("link", { name: "English" }).click();
  await arrive(page, TAXPAYING_FIRMS_EN);
  const elsewhere = await startChromium();
  try {
    const copy = await openPage(elsewhere, page.url());
    assertSame(await mainHtml(copy), await mainHtml(page));
    assert.equal(await copy.title(), await page.title());
    assertClean(copy, site.server);
  } finally {
    await elsewhere.close();
  }
  assertClean(page, site.server);
});

test("the figures behind a chart can be taken away as CSV", async () => {
  const page = await site.openStarted(TAXPAYING_FIRMS);
  await page.locator("#from-to .menu summary").click();
  const href = await page.locator("#from-to .menu").getByRole("link", { name: "CSV", exact: true }).getAttribute("href");
  const answer = await page.request.get(site.server.url + href);
  assert.equal(answer.status(), 200);
  for (const figure of ["2330", "6989"]) assert.ok((await answer.text()).includes(figure), figure);
  assertClean(page, site.server);
});
