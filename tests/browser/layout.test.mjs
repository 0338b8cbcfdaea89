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

for (const [where, pages] of [[site, PAGES], [synthetic, SYNTHETIC_PAGES]]) {
  for (const [name, address] of Object.entries(pages)) {
    test(`nothing is cut off at any width on: ${name}`, async () => {
      const page = await where.openStarted(address);
      for (const language of ["zh", "en"]) {
        await page.goto(where.server.url + inLanguage(address, language));
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          const found = { overflowing: await overflowing(page), clipped: await clipped(page), pictures: await clippedInPictures(page) };
          assert.deepEqual(found, { overflowing: [], clipped: [], pictures: [] }, `${language}, ${width} px`);
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
