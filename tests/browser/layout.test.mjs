// Nothing is cut off and nothing has to be scrolled sideways, on the narrowest telephone as on a wall.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertClean, startSite } from "./harness.mjs";
import { OVERVIEW, PAGES, SYNTHETIC_PAGES, inLanguage } from "./pages.mjs";

const site = startSite();
const synthetic = startSite({ synthetic: true });
const WIDTHS = [320, 360, 768, 1280, 3840];

/** Elements that reach beyond the window; none where the page cannot be scrolled sideways. */
const overflowing = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = [...document.querySelectorAll("#app *")].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
    return [`${scrollWidth} > ${clientWidth}`, ...beyond.slice(0, 3).map((element) => element.outerHTML.slice(0, 120))];
  });

/** Texts in headline cards that are wider or higher than their box, or stand outside of their card. */
const clipped = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".headline")].flatMap((card) => {
      const box = card.getBoundingClientRect();
      const texts = [...card.querySelectorAll("a, b, span, p, summary")].filter((element) => element.innerText);
      const isCut = (element) => {
        const { left, right, bottom } = element.getBoundingClientRect();
        const outside = left < box.left || right > box.right + 0.5 || bottom > box.bottom + 0.5;
        return outside || (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1);
      };
      return texts.filter(isCut).map((element) => `${card.querySelector("a").innerText}: ${element.innerText}`);
    }),
  );

/** Texts of pictures that stand outside of their picture. */
const clippedInPictures = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".plot svg")].flatMap((picture) => {
      const box = picture.getBoundingClientRect();
      if (box.width === 0) return [];
      const isOut = (text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        return left < box.left - 2 || right > box.right + 2 || top < box.top - 2 || bottom > box.bottom + 2;
      };
      return [...picture.querySelectorAll("text")].filter(isOut).map((text) => text.textContent);
    }),
  );

/** Headings of groups that reach out of the room above their card. */
const crowdedHeadings = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".groups h2")].filter((heading) => {
      const text = document.createRange();
      text.selectNodeContents(heading);
      return text.getBoundingClientRect().top < heading.getBoundingClientRect().top;
    }).map((heading) => heading.innerText),
  );

/** How many cards of the groups stand in each row, from the top. */
const cardsInRows = (page) =>
  page.evaluate(() => {
    const rows = new Map();
    for (const card of document.querySelectorAll(".groups .headline")) {
      const { bottom } = card.getBoundingClientRect();
      rows.set(Math.round(bottom), (rows.get(Math.round(bottom)) ?? 0) + 1);
    }
    return [...rows.values()];
  });

for (const [where, pages] of [[site, PAGES], [synthetic, SYNTHETIC_PAGES]]) {
  for (const [name, address] of Object.entries(pages)) {
    test(`nothing is cut off at any width on: ${name}`, async () => {
      const page = await where.openStarted(address);
      for (const language of ["zh", "en"]) {
        await page.goto(where.server.url + inLanguage(address, language));
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          const found = {
            overflowing: await overflowing(page),
            clipped: await clipped(page),
            pictures: await clippedInPictures(page),
            headings: await crowdedHeadings(page),
          };
          assert.deepEqual(found, { overflowing: [], clipped: [], pictures: [], headings: [] }, `${language}, ${width} px`);
        }
      }
      assertClean(page, where.server, /404/);
    });
  }
}

test("an opened source stays inside its card", async () => {
  const page = await site.openStarted(OVERVIEW);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual([await overflowing(page), await clipped(page)], [[], []], `${width} px`);
  }
  assertClean(page, site.server);
});

test("a group of few cards leaves no row half empty, and a wide screen has more columns", async () => {
  const page = await site.openStarted(OVERVIEW);
  for (const [width, columns] of [[360, 2], [1280, 4], [3840, 7]]) {
    await page.setViewportSize({ width, height: 900 });
    const rows = await cardsInRows(page);
    assert.deepEqual(new Set(rows.slice(0, -1)), new Set([columns]), `${width} px: ${rows}`);
  }
  assertClean(page, site.server);
});

test("a wide screen is used to nine tenths", async () => {
  const page = await site.openStarted(OVERVIEW, { viewport: { width: 3840, height: 2160 } });
  const { width } = await page.locator(".groups").boundingBox();
  assert.ok(width > 0.9 * 3840, `${width} px`);
  assertClean(page, site.server);
});
