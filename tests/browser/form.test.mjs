// The form of a report: filled in with the keyboard, checked as one types, saved by itself, and never lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertClean, startSite } from "./harness.mjs";
import { startOldChromium } from "./old-chromium.mjs";
import { PASSWORD, arriveBy, axeFaults, invite } from "./people.mjs";

const site = startSite();

/** The clerk of Yucheng arrives once; every test has a year of its own, and so a draft of its own. */
let arrived;
async function clerk() {
  arrived ??= arriveBy(site, invite(site, "li", "李敏", "371482", "reporter"), "li", { viewport: { width: 1280, height: 900 } });
  return (await arrived).context();
}

/** A new tab of the clerk's with what the developer tools would show of it. */
async function newTab() {
  const page = await (await clerk()).newPage();
  page.setDefaultTimeout(15_000);
  page.complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(error.message));
  return page;
}

async function openForm(year, page) {
  page ??= await newTab();
  await page.goto(`${site.server.url}/report/form?org-unit=371482&year=${year}`);
  await page.locator("#bar .left").filter({ hasText: "已填" }).waitFor();
  return page;
}

const cell = (page, indicator, column = "value") => page.locator(`[name="${column}.${indicator}"]`);
const value = (page, indicator, column) => cell(page, indicator, column).inputValue();
const found = (page, indicator) => page.locator(`[id="issue.${indicator}"]`);
const saved = (page) => page.locator("#bar .kept").filter({ hasText: /^已保存/ }).waitFor();
const focused = (page) => page.evaluate(() => document.activeElement.name);

/** What is on the server, by a request of the clerk's own. */
async function onServer(page) {
  const id = /report\/([0-9a-f]+)/.exec(page.url())[1];
  const answer = await page.request.get(`${site.server.url}/api/v1/submissions/${id}/form`);
  const { figures } = await answer.json();
  return Object.fromEntries(figures.map(({ indicator, value, comment }) => [indicator, comment ? `${value} (${comment})` : value]));
}

/** Puts a text where a spreadsheet would, and pastes it. */
async function paste(page, text) {
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
  }, text);
}

test("it is filled in with the keyboard alone, and undone step by step", async () => {
  const page = await openForm(2011);
  await cell(page, "township_chambers").focus();
  const keys = page.keyboard;
  await keys.type("11");
  await keys.press("Enter");
  assert.equal(await focused(page), "value.industry_chambers");
  await keys.type("13");
  await keys.press("Tab");
  assert.equal(await focused(page), "comment.industry_chambers");
  await keys.type("含2家筹建");
  await keys.press("ArrowUp");
  assert.equal(await focused(page), "comment.township_chambers");
  await keys.press("Shift+Tab");
  assert.equal(await focused(page), "value.township_chambers");
  // What is typed into a cell that one came to takes the place of what is there; F2 goes on behind it.
  await keys.type("12");
  await keys.press("Escape");
  assert.equal(await value(page, "township_chambers"), "11");
  await keys.press("F2");
  await keys.type("0");
  await keys.press("ArrowLeft");
  await keys.press("Backspace");
  assert.equal(await value(page, "township_chambers"), "10");
  await keys.press("Control+z");
  assert.equal(await value(page, "township_chambers"), "11");
  await keys.press("Control+z");
  assert.equal(await value(page, "industry_chambers", "comment"), "");
  await keys.press("Control+y");
  assert.equal(await value(page, "industry_chambers", "comment"), "含2家筹建");
  await saved(page);
  assert.deepEqual(await onServer(page), { township_chambers: "11", industry_chambers: "13 (含2家筹建)" });
  assertClean(page, site.server);
});

test("selecting all in a cell is about that cell alone", async () => {
  const page = await openForm(2003);
  await cell(page, "township_chambers").fill("11");
  await cell(page, "industry_chambers").fill("13");
  await cell(page, "industry_chambers").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("14");
  await page.keyboard.press("Enter");
  assert.equal(await value(page, "industry_chambers"), "14");
  assert.equal(await value(page, "township_chambers"), "11");
});

test("nobody is caught in it: Tab leaves the grid behind its last cell", async () => {
  const page = await openForm(2012);
  await page.locator(".cells tr[data-indicator] input").last().focus();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "保存并核对");
});

test("what is wrong is told beside the cell as one types, and nobody is asked", async () => {
  const page = await openForm(2013);
  let checks = 0;
  page.on("request", (request) => {
    // Saving is what it is; nothing else may leave the page.
    if (!["POST", "PUT"].includes(request.method())) checks += 1;
  });
  await cell(page, "taxpaying_firms").focus();
  await page.keyboard.type("五百");
  await found(page, "taxpaying_firms").filter({ hasText: "“五百”不是数" }).waitFor();
  assert.equal(await cell(page, "taxpaying_firms").getAttribute("aria-invalid"), "true");
  await page.keyboard.press("Escape");
  await found(page, "taxpaying_firms").filter({ hasNotText: "不是数" }).waitFor();
  await page.keyboard.type("12.5");
  await found(page, "taxpaying_firms").filter({ hasText: "12.5不是整数" }).waitFor();
  await page.locator("#bar .left").filter({ hasText: "必须改正 1" }).waitFor();
  assert.equal(checks, 0);
  await page.getByRole("button", { name: "保存并核对" }).click();
  assert.equal(await focused(page), "value.taxpaying_firms", "the way on leads to what is to be corrected");
  await page.keyboard.type("7200");
  await page.locator("#bar .left").filter({ hasNotText: "必须改正" }).waitFor();
  await page.getByRole("button", { name: "保存并核对" }).click();
  await page.waitForURL(/\/report\/[0-9a-f]+$/);
  assert.match(await page.locator("main").innerText(), /新增1项/);
  await page.getByRole("link", { name: "在表格中修改" }).click();
  await page.waitForURL(/\/form$/);
  assert.equal(await value(page, "taxpaying_firms"), "7200");
  assertClean(page, site.server);
});

test("a block of numbers goes down from the cursor, and what finds no place is told", async () => {
  const page = await openForm(2014);
  await cell(page, "township_chambers").focus();
  await paste(page, "11\r\n13\r\n近5\r\n");
  for (const [indicator, expected] of [["township_chambers", "11"], ["industry_chambers", "13"], ["non_local_chambers_named", "近5"]]) {
    assert.equal(await value(page, indicator), expected);
  }
  await page.keyboard.press("Control+z");
  assert.equal(await value(page, "industry_chambers"), "", "a block is one step");
  await paste(page, "1\t一\t多余\r\n2\t\"含\n换行\"\t\r\n");
  await page.locator("#bar .told").filter({ hasText: "有 1 项放不进表格：多余" }).waitFor();
  assert.equal(await value(page, "industry_chambers", "comment"), "含 换行");
  assertClean(page, site.server);
});

test("a block with names finds its lines, with the unit and the words of its other columns", async () => {
  const page = await openForm(2015);
  await cell(page, "township_chambers").focus();
  await paste(
    page,
    "指标\t单位\t2014年\t2015年\t限定词\t备注\r\n捐款捐物总额\t万元\t15000\t17000\t\t含物资\r\n培训场次\t场次\t200\t230\t余\t\r\n没有这项\t个\t1\t2\t\t\r\n",
  );
  await page.locator("#bar .told").filter({ hasText: "按指标名称粘贴 2 行。有 1 项放不进表格：没有这项" }).waitFor();
  assert.equal(await value(page, "donations_total"), "17000万元");
  assert.equal(await value(page, "donations_total", "comment"), "含物资");
  assert.equal(await value(page, "training_sessions"), "230余");
  await saved(page);
  assert.deepEqual(await onServer(page), { donations_total: "17000万元 (含物资)", training_sessions: "230余" });
  assertClean(page, site.server);
});

test("a draft survives its tab, with what the server never heard of", async () => {
  const page = await openForm(2016);
  await cell(page, "township_chambers").focus();
  await page.keyboard.type("11");
  await saved(page);
  await page.route("**/api/v1/submissions/**", (route) => route.abort());
  await page.keyboard.press("Enter");
  await page.keyboard.type("14");
  await page.locator("#bar .kept").filter({ hasText: "连不上服务器" }).waitFor();
  // A browser that ends without a word saves nothing more.
  await page.goto("chrome://crash").catch(() => {});
  await page.close();

  const again = await openForm(2016);
  assert.match(again.url(), /\/report\/[0-9a-f]+\/form$/, "the draft that was begun");
  assert.equal(await value(again, "township_chambers"), "11");
  assert.equal(await value(again, "industry_chambers"), "14");
  await again.locator("#bar .told").filter({ hasText: "已恢复" }).waitFor();
  await saved(again);
  assert.deepEqual(await onServer(again), { township_chambers: "11", industry_chambers: "14" });
  assertClean(again, site.server);
});

test("a gap is told in the same words and colour by the server and by the program, without the name of its line", async () => {
  const page = await openForm(2023);
  await cell(page, "township_chambers").focus();
  await page.keyboard.type("11");
  await saved(page);
  const line = "taxpaying_firms";
  await found(page, line).filter({ hasText: "本次没有填报" }).waitFor();
  const drawn = await found(page, line).innerHTML();
  assert.match(drawn, /^<p class="missing">[^“]*6,989，本次没有填报/);
  const html = await (await page.request.get(page.url())).text();
  assert.ok(html.includes(`id="issue.${line}">${drawn}</td>`), drawn);
});

test("what was saved though its answer was lost is nobody else's", async () => {
  const page = await openForm(2006);
  // The server hears and saves; its answer never comes.
  const lose = async (route) => {
    await route.fetch();
    await route.abort();
  };
  for (const [pattern, indicator, number] of [
    ["**/api/v1/submissions?*", "township_chambers", "11"],
    ["**/api/v1/submissions/*/content", "industry_chambers", "13"],
  ]) {
    await page.route(pattern, (route) => (route.request().method() === "GET" ? route.continue() : lose(route)));
    await cell(page, indicator).focus();
    await page.keyboard.type(number);
    await page.locator("#bar .kept").filter({ hasText: "连不上服务器" }).waitFor();
    await page.unroute(pattern);
    // What was typed since goes along with what is sent again.
    await cell(page, indicator, "comment").focus();
    await page.keyboard.type("核");
    await saved(page);
    assert.equal(await page.getByText("这份草稿也在另一个窗口").count(), 0);
  }
  assert.deepEqual(await onServer(page), { township_chambers: "11 (核)", industry_chambers: "13 (核)" });
});

test("of two tabs the later is told and loses nothing", async () => {
  const first = await openForm(2017);
  await cell(first, "township_chambers").focus();
  await first.keyboard.type("11");
  await saved(first);
  const second = await openForm(2017);
  await cell(second, "township_chambers").focus();
  await second.keyboard.type("12");
  await saved(second);

  await first.bringToFront();
  await cell(first, "industry_chambers").focus();
  await first.keyboard.type("13");
  await first.getByText("这份草稿也在另一个窗口").waitFor();
  await first.getByRole("button", { name: "用刚保存的" }).click();
  await saved(first);
  assert.deepEqual([await value(first, "township_chambers"), await value(first, "industry_chambers")], ["12", ""]);
  await first.getByRole("button", { name: "撤销" }).click();
  await saved(first);
  assert.deepEqual(await onServer(first), { township_chambers: "11", industry_chambers: "13" });

  await second.bringToFront();
  await cell(second, "non_local_chambers_named").focus();
  await second.keyboard.type("5");
  await second.getByRole("button", { name: "用我这里的" }).click();
  await saved(second);
  assert.deepEqual(await onServer(second), { township_chambers: "12", non_local_chambers_named: "5" });
});

test("of two tabs that both began with nothing the later is told as well", async () => {
  const [first, second] = [await openForm(2008), await openForm(2008)];
  await cell(first, "township_chambers").focus();
  await first.keyboard.type("11");
  await saved(first);
  await second.bringToFront();
  await cell(second, "industry_chambers").focus();
  await second.keyboard.type("13");
  await second.getByRole("button", { name: "用刚保存的" }).click();
  await saved(second);
  assert.equal(await value(second, "township_chambers"), "11");
  assert.equal(/report\/([0-9a-f]+)/.exec(second.url())[1], /report\/([0-9a-f]+)/.exec(first.url())[1]);
});

test("a text that is dropped on the page is previewed, and sent when somebody says so", async () => {
  const page = await newTab();
  await page.goto(`${site.server.url}/report?org-unit=371482&year=2007`);
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["指标,2007年\n纳税企业数,五百\n培训场次,8\n"], "年报.csv"));
    document.querySelector("h1").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  });
  await page.locator(".preview p").filter({ hasText: "读出1项数据，新增1项，必须改正1处。" }).waitFor();
  assert.match(page.url(), /\/report\?/, "nothing was sent");
  await page.getByRole("button", { name: "上传并检查" }).click();
  await page.waitForURL(/\/report\/[0-9a-f]+/);
  assertClean(page, site.server);
});

test("what a reviewer said of a figure stands at its cell when the report comes back", async () => {
  const page = await openForm(2010);
  await cell(page, "township_chambers").focus();
  await page.keyboard.type("11");
  await saved(page);
  const report = `${site.server.url}/api/v1/submissions/${/report\/([0-9a-f]+)/.exec(page.url())[1]}`;
  const post = (who, address, data) => who.request.post(report + address, { data, headers: { origin: site.server.url } });
  await post(page, "/submit", {});
  const reviewer = await arriveBy(site, invite(site, "wang", "王强", "371400", "reviewer"), "wang");
  await post(reviewer, "/remarks", { about: { indicator: "township_chambers", org_unit: "371482" }, text: "请核对是否含筹建" });
  await post(reviewer, "/return", { note: "有一处请核对" });
  const back = await openForm(2010);
  assert.match(await back.locator('tr[data-indicator="township_chambers"] .reason').innerText(), /请核对是否含筹建（王强）/);
  assert.match(await back.locator("#grid").innerText(), /有一处请核对/);
  await cell(back, "township_chambers", "comment").focus();
  await back.keyboard.type("不含筹建");
  await saved(back);
  assert.deepEqual(await onServer(back), { township_chambers: "11 (不含筹建)" });
  assertClean(back, site.server);
});

test("a block is chosen with the mouse or with Shift, copied as a spreadsheet takes it, and emptied", async () => {
  const page = await openForm(2009);
  await cell(page, "township_chambers").focus();
  await paste(page, "11\t一\n13\t二\n");
  const middle = async (locator) => {
    const box = await locator.boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  await page.mouse.move(...(await middle(cell(page, "township_chambers"))));
  await page.mouse.down();
  await page.mouse.move(...(await middle(cell(page, "industry_chambers", "comment"))), { steps: 5 });
  await page.mouse.up();
  assert.equal(await page.locator(".cells input.selected").count(), 4);
  const copied = await page.evaluate(() => {
    const data = new DataTransfer();
    document.activeElement.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
    return data.getData("text/plain");
  });
  assert.equal(copied, "11\t一\n13\t二");
  await page.keyboard.press("Delete");
  assert.equal(await value(page, "industry_chambers", "comment"), "");
  await page.getByRole("button", { name: "撤销" }).click();
  assert.equal(await value(page, "industry_chambers", "comment"), "二");
  await cell(page, "non_local_chambers_named").click();
  await cell(page, "township_chambers").click();
  await page.keyboard.press("Shift+ArrowDown");
  await paste(page, "7");
  assert.equal(await value(page, "industry_chambers"), "7", "one cell fills all that are chosen");
  await page.keyboard.press("Control+z");
  assertClean(page, site.server);
});

test("without script it is a form like any other, and the server tells what is wrong at the cells", async () => {
  const context = await site.chromium.newContext({ javaScriptEnabled: false, storageState: await (await clerk()).storageState() });
  const page = await context.newPage();
  await page.goto(`${site.server.url}/report/form?org-unit=371482&year=2018`);
  await cell(page, "taxpaying_firms").fill("很多");
  await cell(page, "training_sessions").fill("230余");
  await page.getByRole("button", { name: "保存并核对" }).click();
  assert.match(page.url(), /\/report\/[0-9a-f]+\/form$/);
  assert.match(await found(page, "taxpaying_firms").innerText(), /“很多”不是数/);
  assert.equal(await value(page, "taxpaying_firms"), "很多");

  const other = await context.newPage();
  await other.goto(page.url());
  await cell(other, "taxpaying_firms").fill("6989");
  await other.getByRole("button", { name: "保存并核对" }).click();
  assert.match(other.url(), /\/report\/[0-9a-f]+$/);

  await cell(page, "taxpaying_firms").fill("7000");
  await page.getByRole("button", { name: "保存并核对" }).click();
  assert.match(await page.locator("main").innerText(), /刚刚在别处保存过/);
  assert.equal(await value(page, "taxpaying_firms"), "7000", "what was typed is still there");
  await page.getByRole("button", { name: "保存并核对" }).click();
  assert.match(page.url(), /\/report\/[0-9a-f]+$/);
  await context.close();
});

/** Files that are hard to read, and one of each kind of issue. */
const FILES = {
  "long, with a title and notes": "禹城市工商联2019年度报表,,\n\n指标,单位,2019年\n纳税企业数,家,五百\n培训场次,场次,12.5\n捐款捐物总额,万元,1.7万\n合计,,3\n注：统计到年底,,\n",
  "wide, with strangers": "地区,纳税企业数（家）,不认识的,捐款捐物总额(万元)\n禹城市,6989,1,17000\n110105,3,,4\n齐河县,3,,\n",
  "words and contradictions": "指标\t数值\t限定词\n纳税企业数\t近2000\t余\n培训场次\t无\t\n统战大讲堂期数\t近0\t\n助企活动场次\t5家\t\n统战大讲堂期数\t9\t\n",
  "no header": "第一章,总则\n第二章,附则\n",
  "a year to come, scientific, formulas": "指标,2099年\n纳税企业数,1.2E+05\n培训场次,#REF!\n暖企活动场次,(5)\n助企活动场次,5-6\n",
};
const ENCODINGS = {
  "UTF-8": (text) => Buffer.from(text),
  "UTF-8 with a mark": (text) => Buffer.from(`\ufeff${text}`),
  "UTF-16": (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
};
/** `指标,2019年` and a line in GB18030, which Node.js does not write. */
const GB18030 = Buffer.from("d6b8b1ea2c32303139c4ea0ac4c9cbb0c6f3d2b5caf82cb6e00a", "hex");

test("the browser finds in a file what the server finds in it", async () => {
  const page = await newTab();
  await page.goto(`${site.server.url}/report?org-unit=371482&year=2019`);
  const files = Object.entries(FILES).flatMap(([name, text]) =>
    Object.entries(ENCODINGS).map(([encoding, encode]) => [`${name}, ${encoding}`, encode(text)]),
  );
  for (const [name, buffer] of [...files, ["GB18030", GB18030]]) {
    await page.locator("input[type=file]").setInputFiles([]);
    await page.locator("input[type=file]").setInputFiles({ name: "年报.csv", mimeType: "text/csv", buffer });
    await page.locator(".preview p").waitFor();
    const shown = (await page.locator(".preview li").allInnerTexts()).sort();
    const answer = await page.request.post(`${site.server.url}/api/v1/submissions?org-unit=371482&year=2019`, {
      data: buffer,
      headers: { "content-type": "text/csv", "x-file-name": "a.csv", origin: site.server.url },
    });
    const { id } = await answer.json();
    await page.request.get(`${site.server.url}/report/${id}`);
    const draft = await newTab();
    await draft.goto(`${site.server.url}/report/${id}`);
    const told = await draft.locator(".issues tbody tr").evaluateAll((rows) =>
      rows.map((row) => `${row.querySelector("th").innerText} ${row.querySelector("td p").innerText}`),
    );
    await draft.close();
    assert.deepEqual(shown, told.sort(), name);
  }
  assertClean(page, site.server);
});

test("it is without fault for axe and as wide as the window, in either language", async () => {
  const page = await openForm(2020);
  await cell(page, "taxpaying_firms").focus();
  await page.keyboard.type("五百");
  await saved(page);
  for (const language of ["", "?lang=en"]) {
    await page.goto(page.url().split("?")[0] + language);
    await page.locator("#bar .left").filter({ hasText: /1/ }).waitFor();
    assert.deepEqual(await axeFaults(page), [], language);
  }
});

test("Chromium 86 fills it in", async () => {
  await clerk();
  const chromium = await startOldChromium();
  try {
    const page = await chromium.openPage(`${site.server.url}/sign-in?next=${encodeURIComponent("/report/form?org-unit=371482&year=2021")}`);
    await page.evaluate(`document.querySelector("[name=name]").value = "li"; document.querySelector("[name=password]").value = "${PASSWORD}"; document.querySelector("main form").submit()`);
    await page.waitFor(`document.querySelector("#bar .left")?.innerText.includes("已填")`);
    await page.evaluate(`document.querySelector('[name="value.taxpaying_firms"]').focus()`);
    await page.type("五百");
    await page.waitFor(`document.getElementById("issue.taxpaying_firms").innerText.includes("不是数")`);
    await page.waitFor(`document.querySelector("#bar .kept").innerText.startsWith("已保存")`);
    assert.match(await page.evaluate("location.pathname"), /\/report\/[0-9a-f]+\/form/);
    assertClean(page, site.server);
  } finally {
    await chromium.close();
  }
});
