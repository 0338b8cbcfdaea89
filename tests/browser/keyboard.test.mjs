// The official's way without a mouse, as a screen reader or a broken touchpad demands it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { appState, assertClean, startSite } from "./harness.mjs";
import { ORG_UNIT, OVERVIEW, TAXPAYING_FIRMS, arrive, assertShows, headline } from "./pages.mjs";

const site = startSite();

/** Presses Tab until the focus is on what the selector names, as a reader would, and no more than `most` times. */
async function tabTo(page, selector, most = 150) {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  assert.fail(`${most} times Tab do not lead to ${selector}`);
}

const hasFocus = (page, selector) => page.waitForFunction((selector) => document.activeElement.matches(selector), selector);

/** What a screen reader is told. */
const announced = (page) => page.locator("[role=status][aria-live=polite]");

for (const key of ["/", "Control+k"]) {
  test(`${key} leads to the search from anywhere`, async () => {
    const page = await site.openStarted(OVERVIEW);
    await page.keyboard.press(key);
    await hasFocus(page, "input[type=search]");
    assert.equal(await page.inputValue("input[type=search]"), "");
    assertClean(page, site.server);
  });
}

for (const words of ["yucheng", "禹城", "371482"]) {
  test(`${words}, ArrowDown and Enter lead to Yucheng`, async () => {
    const page = await site.openStarted("/indicators");
    await page.keyboard.press("/");
    await page.keyboard.type(words);
    await page.getByRole("option", { name: "禹城市" }).waitFor();
    await page.keyboard.press("ArrowDown");
    const active = await page.getAttribute("input[type=search]", "aria-activedescendant");
    await assertShows(page.locator(`#${active}[aria-selected=true]`), "禹城市", "371482", "德州市");
    await page.keyboard.press("Enter");
    await arrive(page, "/?org-unit=371482");
    await assertShows(page.locator("h1"), "禹城市", "三倍");
    await hasFocus(page, "main");
    assertClean(page, site.server);
  });
}

test("a search from one overview to another leads into the new page", async () => {
  const page = await site.openStarted(OVERVIEW);
  await page.keyboard.press("/");
  await page.keyboard.type("371400");
  await page.getByRole("option", { name: "德州市" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await arrive(page, "/?org-unit=371400");
  await hasFocus(page, "main");
  assertClean(page, site.server);
});

test("Enter without a choice leads to the page of results", async () => {
  const page = await site.openStarted(OVERVIEW);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("yucheng");
  await page.keyboard.press("Enter");
  await arrive(page, "/org-units?q=yucheng");
  await assertShows(page.locator("main"), "禹城市", "371482");
  assertClean(page, site.server);
});

test("Escape closes the list of the search and leaves the words", async () => {
  const page = await site.openStarted(OVERVIEW);
  await page.keyboard.press("/");
  await page.keyboard.type("yucheng");
  await page.getByRole("listbox").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("listbox").waitFor({ state: "detached" });
  await hasFocus(page, "input[type=search]");
  assertClean(page, site.server);
});

test("arrow keys walk the marks of a chart and each is announced with period and source", async () => {
  const page = await site.openStarted(TAXPAYING_FIRMS);
  await tabTo(page, "#from-to .plot");
  await page.keyboard.press("ArrowRight");
  await assertShows(announced(page), "禹城市", "2,330家", "2022年10月31日前5年", "起点日期原文未注明", "中华工商时报");
  await page.keyboard.press("ArrowRight");
  await assertShows(announced(page), "6,989家", "截至2022年10月31日", "创新工作举措 第2段");
  await assertShows(page.locator(".tip"), "6,989家");
  await page.keyboard.press("Home");
  await assertShows(announced(page), "2,330家");
  assertClean(page, site.server);
});

test("a mark is announced with its qualifier", async () => {
  const page = await site.openStarted(OVERVIEW);
  await tabTo(page, "#same-axis .plot");
  await page.keyboard.press("ArrowDown");
  await assertShows(announced(page), "暖企活动场次", "30余场次", "2022年1月至10月", "中华工商时报");
  assertClean(page, site.server);
});

test("Escape closes the tip, and the focus stays on the chart", async () => {
  const page = await site.openStarted(TAXPAYING_FIRMS);
  await tabTo(page, "#from-to .plot");
  await page.keyboard.press("ArrowRight");
  await page.waitForSelector(".tip");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".tip", { state: "detached" });
  await hasFocus(page, "#from-to .plot");
  assertClean(page, site.server);
});

test("t opens the table behind a chart and closes it again", async () => {
  const page = await site.openStarted(TAXPAYING_FIRMS);
  await tabTo(page, "#from-to .plot");
  await page.keyboard.press("t");
  await assertShows(page.locator("#from-to tbody"), "2,330家", "6,989家");
  await page.keyboard.press("t");
  await page.locator("#from-to tbody").waitFor({ state: "hidden" });
  assertClean(page, site.server);
});

test("? shows the keys and Escape closes them again, and a ? that is typed is only typed", async () => {
  const page = await site.openStarted(OVERVIEW);
  const list = page.locator(".keys dl");
  await page.keyboard.press("?");
  await assertShows(list, "Esc", "在图上：逐个查看数据");
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "hidden" });
  await page.keyboard.press("/");
  await page.keyboard.type("?");
  assert.equal(await page.inputValue("input[type=search]"), "?");
  assert.equal(await list.isVisible(), false);
  assertClean(page, site.server);
});

test("the source of a headline figure opens by Enter", async () => {
  const page = await site.openStarted(OVERVIEW);
  await tabTo(page, '.headline a[href*="/party_members_covered"]');
  await tabTo(page, ".headline summary", 1);
  await page.keyboard.press("Enter");
  await assertShows(headline(page, "民营企业党组织覆盖党员数"), "中华工商时报", "突出党建引领 第1段");
  assertClean(page, site.server);
});

test("Tab and Enter lead from the overview to tax-paying firms and into English", async () => {
  const page = await site.openStarted(OVERVIEW);
  await tabTo(page, '.headline a[href*="/taxpaying_firms"]');
  await page.keyboard.press("Enter");
  await arrive(page, TAXPAYING_FIRMS);
  await hasFocus(page, "main");
  await page.keyboard.press("Control+k");
  await tabTo(page, ".lang", 1);
  await page.keyboard.press("Enter");
  await arrive(page, `${TAXPAYING_FIRMS}&lang=en`);
  await assertShows(page.locator("h1"), "tripled");
  await hasFocus(page, ".lang");
  assertClean(page, site.server);
});

test("the skip link is the first stop and leads to the content", async () => {
  const page = await site.openStarted(OVERVIEW);
  await page.keyboard.press("Tab");
  await hasFocus(page, ".skip");
  assert.ok((await page.locator(".skip").boundingBox()).x >= 0);
  await page.keyboard.press("Enter");
  await hasFocus(page, "main");
  await tabTo(page, "main a", 1);
  assertClean(page, site.server);
});

/** Where the focus is: what it is on, whether a person sees that, and whether the page has been left at its end. */
const focusNow = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      left: element === document.body,
      name: element.outerHTML.slice(0, 120),
      inView: top < innerHeight && bottom > 0 && left < innerWidth && right > 0,
      outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    };
  });

for (const address of [OVERVIEW, TAXPAYING_FIRMS, ORG_UNIT]) {
  test(`every stop of Tab is in view and outlined on ${address}`, async () => {
    const page = await site.openStarted(address);
    for (let stops = 0; ; stops++) {
      await page.keyboard.press("Tab");
      const focus = await focusNow(page);
      if (focus.left) {
        assert.ok(stops > 10, `only ${stops} stops`);
        break;
      }
      assert.ok(focus.inView && focus.outlined, JSON.stringify(focus));
    }
    assertClean(page, site.server);
  });
}

/** Opens a page whose app is held back until `release()`: the reader is faster than the network. */
async function openBefore(address) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const prepare = (page) => page.route("**/*.wasm", async (route) => (await held, route.continue()));
  const page = await site.open(address, { prepare });
  page.takeOver = async () => {
    release();
    assert.equal(await appState(page), "started");
  };
  return page;
}

test("the focus is where it was after the app has taken over", async () => {
  const page = await openBefore(OVERVIEW);
  await tabTo(page, ".headline .name a");
  const before = await focusNow(page);
  await page.takeOver();
  assert.deepEqual(await focusNow(page), before);
  assertClean(page, site.server);
});

test("what was typed, opened and scrolled to stays when the app takes over", async () => {
  const page = await openBefore(OVERVIEW);
  await page.locator(".headline summary").first().click();
  await page.evaluate(() => window.scrollTo(0, 600));
  await page.getByRole("searchbox").evaluate((field) => field.focus({ preventScroll: true }));
  await page.keyboard.insertText("禹城");
  const scrolled = await page.evaluate(() => window.scrollY);
  await page.takeOver();
  assert.equal(await page.inputValue("input[type=search]"), "禹城");
  await hasFocus(page, "input[type=search]");
  await assertShows(page.locator(".headline").first(), "中华工商时报");
  assert.equal(await page.evaluate(() => window.scrollY), scrolled);
  assertClean(page, site.server);
});
