// The pages of those who are signed in, in Chromium 86 and without scripts: each is drawn, says what it is for, and is no
// wider than its window.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SCRIPT_UNUSED, assertClean, openPage, startSite } from "./harness.mjs";
import { startOldChromium } from "./old-chromium.mjs";
import { PASSWORD, arriveBy, invite } from "./people.mjs";

const site = startSite();

/** The administrator arrives once, by a link; the clerk of Yucheng is invited, so that there is an account to look at. */
let arrived;
async function administrator() {
  arrived ??= (async () => {
    invite(site, "li", "李敏", "371482", "reporter");
    const page = await arriveBy(site, invite(site, "zhao", "赵琳", "370000", "administrator"), "zhao");
    await page.goto(`${site.server.url}/admin`);
    const account = await page.getByRole("link", { name: "李敏" }).getAttribute("href");
    return { cookies: await page.context().cookies(), account };
  })();
  return arrived;
}

/** Each page with words that only it has. */
const pages = (account) => [
  ["/reporting?org-unit=371400&year=2022", "应报送"],
  ["/me", "退出所有登录"],
  ["/admin", "李敏"],
  [account, "李敏"],
  ["/vintages", "每次公布都是一个新的版本"],
  ["/vintages/1", "公布"],
];

test("the pages of the desk need no scripts", async () => {
  const { cookies, account } = await administrator();
  const options = { javaScriptEnabled: false, viewport: { width: 360, height: 800 } };
  const page = await openPage(site.chromium, `${site.server.url}/me`, { prepare: (page) => page.context().addCookies(cookies), ...options });
  for (const [address, words] of pages(account)) {
    const answer = await page.goto(site.server.url + address);
    assert.equal(answer.status(), 200, address);
    const text = await page.locator("main").innerText();
    assert.ok(text.includes(words), `${address}: ${text}`);
    assert.ok(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), `${address} is wider than a telephone`);
  }
  assertClean(page, site.server, SCRIPT_UNUSED);
});

test("Chromium 86 draws the pages of the desk", async () => {
  const { account } = await administrator();
  const chromium = await startOldChromium();
  try {
    const page = await chromium.openPage(`${site.server.url}/sign-in?next=/me`);
    await page.evaluate(`document.querySelector("[name=name]").value = "zhao"; document.querySelector("[name=password]").value = "${PASSWORD}"; document.querySelector("main form").submit()`);
    await page.waitFor("location.pathname === '/me' && document.readyState === 'complete'");
    for (const [address, words] of pages(account)) {
      await page.goto(site.server.url + address);
      await page.waitFor(`document.readyState === "complete" && document.querySelector("main")?.innerText.includes(${JSON.stringify(words)})`);
      assert.ok(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), `${address} is wider than the window`);
    }
    // A form there, sent as that browser sends it.
    await page.goto(`${site.server.url}/reporting?org-unit=371400&year=2022`);
    await page.evaluate(`document.querySelector("[name=due]").value = "1999-01-01"; document.querySelector("[name=due]").form.querySelector("button.primary").click()`);
    await page.waitFor("document.querySelector('[name=due]')?.getAttribute('aria-invalid') === 'true'");
  } finally {
    await chromium.close();
  }
});
