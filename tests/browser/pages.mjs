// The pages that the tests visit, and what a reader does there.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** Yucheng, the county of the sample; Dezhou, the prefecture above it; a county beside it that has reported nothing. */
export const YUCHENG = "371482";
export const DEZHOU = "371400";
export const SILENT = "371402";

export const OVERVIEW = "/";
export const TAXPAYING_FIRMS = `/indicators/taxpaying_firms?org-unit=${YUCHENG}`;
export const ORG_UNIT = `/org-units/${YUCHENG}`;

/** Every kind of page over the sample, by what it is. */
export const PAGES = {
  "overview of a county": OVERVIEW,
  "overview of a prefecture": `/?org-unit=${DEZHOU}`,
  "overview of a county that has reported nothing": `/?org-unit=${SILENT}`,
  "indicator of one area": TAXPAYING_FIRMS,
  "indicator of several areas": `${TAXPAYING_FIRMS}&org-unit=${SILENT}`,
  "indicator with a single figure": `/indicators/party_members_covered?org-unit=${YUCHENG}`,
  "indicator of an area that has not reported it": `/indicators/taxpaying_firms?org-unit=${SILENT}`,
  "all indicators": "/indicators",
  "areas of the country": "/org-units",
  "search for an area": "/org-units?q=禹城",
  "search that finds nothing": "/org-units?q=zzzz",
  "area": ORG_UNIT,
  "page that does not exist": "/nowhere",
};

/** What the sample of one county cannot show: made-up neighbours, years and totals. */
export const SYNTHETIC_PAGES = {
  "overview of everything made up": OVERVIEW,
  "overview of a made-up prefecture": "/?org-unit=S0101",
  "overview of a made-up county": "/?org-unit=S010101",
  "indicator of many areas over the years": "/indicators/industry_chambers",
};

export const DESKTOP = { width: 1280, height: 900 };
export const TELEPHONE = { width: 360, height: 740 };

/** The address in a language; Chinese is the first and is not written. */
export function inLanguage(address, language) {
  if (language === "zh") return address;
  return `${address}${address.includes("?") ? "&" : "?"}lang=${language}`;
}

/** Waits until the page of this address (path and query) is on screen, whole. */
export async function arrive(page, address) {
  const { href } = new URL(address, page.url());
  await page.waitForURL(href);
  await page.waitForSelector('main[aria-busy="false"]');
}

/** How long a text may take to come on screen: no request takes longer on the machine itself. */
const TEXT_DEADLINE = 5_000;

/** Asserts that an element shows each of these texts, or comes to show them. */
export async function assertShows(locator, ...texts) {
  let shown = await locator.innerText();
  const missing = () => texts.filter((text) => !shown.includes(text));
  for (const deadline = Date.now() + TEXT_DEADLINE; missing().length > 0 && Date.now() < deadline; ) {
    await sleep(20);
    shown = await locator.innerText();
  }
  assert.deepEqual(missing(), [], `not in “${shown}”`);
}

/** The card of a headline figure by the name of its indicator. */
export const headline = (page, name) => page.locator(".headline", { has: page.getByRole("link", { name, exact: true }) });

/** What is on screen inside <main>, as HTML, without the empty comment that the app's framework keeps behind it. */
export const mainHtml = (page) => page.evaluate(() => document.querySelector("main").innerHTML.replace(/<!---->$/, ""));

/** Asserts that two texts are the same; where they are not, it shows the place and not the whole texts. */
export function assertSame(actual, expected, name = "they") {
  if (actual === expected) return;
  const at = [...actual].findIndex((character, index) => character !== expected[index]);
  const from = Math.max(0, at - 80);
  assert.fail(`${name} differ at ${at}:\n${actual.slice(from, at + 80)}\n${expected.slice(from, at + 80)}`);
}
