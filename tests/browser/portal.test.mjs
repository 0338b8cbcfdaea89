// A webmaster embeds a chart: the four pieces of the dialog in a portal on another origin, with a strict policy and without
// scripts, on a telephone and on a desk; and the portals that may not.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assertClean, openPage, startSite } from "./harness.mjs";
import { arriveBy, axeFaults, invite } from "./people.mjs";
import { startPortal, stripped } from "./portal.mjs";

const site = startSite();
/** The sample is one county's; lines, rankings and sums of several are made up. */
const made = startSite({ synthetic: true });
const FROM_TO = "/charts/from-to?org-unit=371482";
const BAR = "/charts/bar?org-unit=371482";
/** A line of a figure whose opening has no date: it may not be drawn. */
const REFUSED = "/charts/line?indicator=taxpaying_firms&org-unit=371482";
const WIDTHS = [320, 640, 1280];
const MADE_UP = [
  "/charts/line?indicator=industry_chambers",
  "/charts/line?indicator=industry_chambers&org-unit=S010101",
  "/charts/ranking?indicator=industry_chambers&org-unit=S010102",
  "/charts/below?org-unit=S01",
];

let portal;
before(async () => {
  portal = await startPortal();
});
after(() => portal?.stop());

const shots = fileURLToPath(new URL("out/embedding/", import.meta.url));
mkdirSync(shots, { recursive: true });

/** What a strict portal allows: its own sheet, and from us no more than a piece needs. */
const policy = (...more) => ["default-src 'none'", "style-src data:", ...more].join("; ");
const frames = (of = site) => `frame-src ${of.server.url}`;

/** The four pieces of the dialog for a chart in a place of this width. */
async function pieces(address, width, of = site) {
  const page = await of.open(`${address}&width=${width}#embed`);
  await page.locator("dialog[open] textarea").first().waitFor();
  const piece = (id) => page.locator(`#code-${id}`).inputValue();
  const all = { frame: await piece("frame"), component: await piece("component"), image: await piece("image"), fragment: await piece("fragment") };
  await page.context().close();
  return all;
}

/** Opens a portal's page with a piece in a window of this width. */
async function inPortal(html, rules, width, name, options = {}) {
  const page = await openPage(site.chromium, portal.show(html, rules), { viewport: { width, height: 900 }, ...options });
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: `${shots}${name}-${width}.png` });
  return page;
}

/** That a page and the frame in it show all there is, with nothing to scroll and no word cut. */
async function assertWhole(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${name}: the portal is ${wide} px wider than its window`);
  for (const frame of page.frames().slice(1)) {
    const found = await frame.evaluate(() => {
      const figure = document.querySelector("figure");
      const cut = [...document.querySelectorAll("h2, p, summary, .foot span, .foot a, svg text")]
        .filter((element) => element.checkVisibility() && element.textContent.trim())
        .filter((element) => {
          const box = element.getBoundingClientRect();
          return box.left < -0.5 || box.right > innerWidth + 0.5 || box.top < -0.5 || box.bottom > innerHeight + 0.5;
        })
        .map((element) => element.textContent.slice(0, 30));
      const scrolls = [document.documentElement, figure].filter(
        (box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1,
      );
      figure.style.height = "auto";
      const more = innerHeight - figure.getBoundingClientRect().height;
      figure.style.height = "";
      return { cut, scrolls: scrolls.length, title: figure.querySelector("h2").textContent, more, drawn: !!figure.querySelector("svg") };
    });
    const { more, drawn, ...rest } = found;
    assert.deepEqual({ ...rest, title: found.title !== "" }, { cut: [], scrolls: 0, title: true }, name);
    // A table in place of a picture may have room left; a picture has none to spare and none too little. English is measured
    // by the wider of two fonts, so that a title and a note may each have a line less than was reckoned with.
    const spare = name.includes("lang=en") ? 44 : 4;
    assert.ok(more > -2 && (!drawn || more < spare), `${name}: the frame is ${more} px too high`);
  }
}

for (const width of WIDTHS) {
  test(`the frame is as high as its chart at ${width} px, without any script`, async () => {
    for (const [at, address] of [FROM_TO, BAR, REFUSED].entries()) {
      const { frame } = await pieces(address, width);
      const page = await inPortal(frame, policy(frames()), width, `frame-${at}`, { javaScriptEnabled: false });
      const inner = page.frameLocator("iframe");
      await inner.locator("h2").filter({ hasText: "禹城市" }).waitFor();
      assertClean(page, site.server);
      await page.context().close();
      const scripted = await inPortal(frame, policy(frames()), width, `frame-${at}-scripted`);
      await assertWhole(scripted, `${address} at ${width}`);
      assertClean(scripted, site.server);
      await scripted.context().close();
    }
  });

  test(`the component follows its height at ${width} px, and is the frame where scripts are blocked`, async () => {
    const { component } = await pieces(FROM_TO, 640);
    const page = await inPortal(component, policy(frames(), `script-src ${site.server.url}`), width, "component");
    await assertWhole(page, `component at ${width}`);
    const before = await page.locator("iframe").evaluate((frame) => frame.clientHeight);
    await page.frameLocator("iframe").locator("summary").click();
    await page.waitForFunction((height) => document.querySelector("iframe").clientHeight > height + 40, before);
    await assertWhole(page, `component with its table at ${width}`);
    assertClean(page, site.server);
    await page.context().close();
    const blocked = await inPortal(component, policy(frames()), width, "component-blocked");
    await blocked.frameLocator("iframe").locator("h2").waitFor();
    const intended = /violates the following Content Security Policy|embed\.js/;
    assertClean(blocked, site.server, intended);
    await blocked.context().close();
  });

  test(`the picture and the fragment survive a system that strips everything else at ${width} px`, async () => {
    const { image, fragment } = await pieces(FROM_TO, width);
    const pictured = await inPortal(stripped(image), policy(`img-src ${site.server.url}`), width, "image");
    const img = pictured.locator("img");
    await pictured.waitForFunction(() => document.querySelector("img").naturalWidth > 0);
    assert.equal(await img.evaluate((img) => img.naturalWidth), 2 * width);
    assert.match(await img.getAttribute("alt"), /纳税企业数.*由2,330增至6,989家/);
    await assertWhole(pictured, `image at ${width}`);
    assertClean(pictured, site.server);
    await pictured.context().close();
    const plain = await inPortal(stripped(fragment), policy(), width, "fragment", { javaScriptEnabled: false });
    const words = await plain.locator("body").innerText();
    for (const expected of ["纳税企业数", "2,330", "6,989家", "中华工商时报", "截至2022年10月31日"]) {
      assert.ok(words.includes(expected), `${expected} in ${words}`);
    }
    const wide = await plain.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `the fragment is ${wide} px wider than its window`);
    assertClean(plain, site.server);
    await plain.context().close();
  });

  test(`lines, rankings and sums of several areas are whole in their frames at ${width} px, in both languages`, async () => {
    for (const [at, chart] of MADE_UP.entries()) {
      for (const language of ["", "&lang=en"]) {
        const { frame } = await pieces(chart + language, width, made);
        const page = await inPortal(frame, policy(frames(made)), width, `made-${at}${language && "-en"}`);
        await page.frameLocator("iframe").locator("svg").first().waitFor({ state: "attached" });
        await assertWhole(page, `${chart}${language} at ${width}`);
        assertClean(page, made.server);
        await page.context().close();
      }
    }
  });
}

test("a chart that may not be drawn says why in every piece", async () => {
  const { frame, image, fragment } = await pieces(REFUSED, 640);
  const why = "期初的日期原文未注明，在时间轴上没有位置，不能连成线。";
  const page = await inPortal(frame, policy(frames()), 640, "refused");
  await page.frameLocator("iframe").getByText(why).waitFor();
  assert.ok(image.includes(why) && fragment.includes(why));
  assertClean(page, site.server);
});

test("an embed is walked by keyboard and by finger, and has no cookie", async () => {
  const { frame } = await pieces(BAR, 640);
  const page = await inPortal(frame, policy(frames()), 640, "keys", { hasTouch: true });
  const inner = page.frames()[1];
  await inner.locator(".plot:visible").focus();
  await page.keyboard.press("ArrowRight");
  assert.match(await inner.locator(".tip").innerText(), /暖企活动场次[\s\S]*30余场次/);
  await page.keyboard.press("ArrowRight");
  assert.match(await inner.locator(".tip").innerText(), /助企活动场次[\s\S]*17场次/);
  await page.keyboard.press("Escape");
  await inner.locator(".tip").waitFor({ state: "hidden" });
  await inner.locator(".plot:visible .hit").last().tap({ force: true });
  assert.match(await inner.locator(".tip").innerText(), /\S/);
  assert.deepEqual(await page.context().cookies(), []);
  assertClean(page, site.server);
});

test("nothing but an embed is framed", async () => {
  for (const address of ["/", FROM_TO, "/embedding", "/sign-in"]) {
    const html = `<iframe src="${site.server.url}${address}"></iframe>`;
    const page = await inPortal(html, policy(frames()), 640, "refused-page");
    const refused = page.complaints.some((complaint) => /frame-ancestors|X-Frame-Options/i.test(complaint));
    assert.ok(refused, `${address}: ${page.complaints}`);
    await page.context().close();
  }
});

test("the dialog is made for a width, saves a short address, and copies", async () => {
  const page = await site.open(`${FROM_TO}#embed`, { permissions: ["clipboard-read", "clipboard-write"] });
  const width = page.locator("dialog input[name=width]");
  await width.fill("480");
  await width.press("Enter");
  await page.locator("dialog iframe[width='480']").waitFor();
  const height = Number(await page.locator("dialog iframe").getAttribute("height"));
  assert.match(await page.locator("#code-frame").inputValue(), new RegExp(`width=480.*height="${height}"`));
  await page.getByRole("button", { name: "复制" }).first().click();
  await page.getByRole("button", { name: "已复制" }).waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^<iframe src="http/);
  await page.locator("dialog select[name=as-of]").selectOption({ label: "固定在版本 1" });
  await page.locator("dialog [data-save][data-pinned=true]").click();
  await page.waitForURL(/\/c\/[0-9a-z]{10}\?width=480/);
  await page.locator("dialog").getByText("固定在版本 1").first().waitFor();
  assert.match(await page.locator("#code-frame").inputValue(), /\/embed\/[0-9a-z]{10}\?width=480"/);
  assertClean(page, site.server);
});

test("the page of a chart and its dialog have no fault that axe finds", async () => {
  for (const address of [FROM_TO, `${BAR}&lang=en`, `${REFUSED}#embed`]) {
    const page = await site.open(address);
    assert.deepEqual(await axeFaults(page), [], address);
    await page.context().close();
  }
});

test("only the hosts that an administrator lists may frame a chart", async () => {
  const page = await arriveBy(site, invite(site, "qian", "钱进", "100000", "administrator"), "qian");
  const put = (hosts) =>
    page.evaluate(async (hosts) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch("/api/v1/embedding-hosts", { method: "PUT", headers, body: JSON.stringify({ hosts }) });
      return answer.status;
    }, hosts);
  const { frame } = await pieces(FROM_TO, 640);
  assert.equal(await put(["https://www.example.gov.cn"]), 200);
  const refused = await inPortal(frame, policy(frames()), 640, "host-refused");
  assert.ok(refused.complaints.some((complaint) => /frame-ancestors/.test(complaint)), `${refused.complaints}`);
  assert.equal(await put([portal.url]), 200);
  const allowed = await inPortal(frame, policy(frames()), 640, "host-allowed");
  await allowed.frameLocator("iframe").locator("h2").waitFor();
  assertClean(allowed, site.server);
});
