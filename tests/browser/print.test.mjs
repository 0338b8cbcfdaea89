// Every page on A4 paper: what is read, in light colours, no figure on two pages, and the head of a table on each of its pages.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { assertClean, startSite } from "./harness.mjs";
import { OVERVIEW, PAGES, SYNTHETIC_PAGES } from "./pages.mjs";

/** A page of print is as wide as A4 without its margins, at 96 points an inch. */
const PAPER = { width: 688, height: 1000 };

/** Prints the page and answers the text of each sheet without white space, in which words are found wherever a line ends. */
async function printed(page) {
  const folder = mkdtempSync(join(tmpdir(), "print-"));
  try {
    const path = join(folder, "page.pdf");
    await page.pdf({ path, preferCSSPageSize: true });
    const text = execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8", maxBuffer: 1 << 26 });
    const size = /Page size: +([\d.]+) x ([\d.]+) pts/.exec(execFileSync("pdfinfo", [path], { encoding: "utf8" }));
    assert.deepEqual([Math.round(size[1]), Math.round(size[2])], [595, 842], "A4");
    return text.split("\f").slice(0, -1).map((sheet) => sheet.replace(/\s/g, ""));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The titles and the feet of the figures of a page, by which a sheet is known that carries them. */
function figures(page) {
  return page.$$eval(".figure", (all) =>
    all
      .filter((figure) => figure.querySelector("h2") && figure.querySelector(".plot"))
      .map((figure) => {
        const words = (selector) => figure.querySelector(selector).textContent.replace(/\s/g, "");
        return { title: words("h2"), source: words(".foot > span") };
      }),
  );
}

/** Each figure has its title and its source on one sheet. */
function assertWhole(sheets, all) {
  for (const { title, source } of all) {
    const carrying = sheets.filter((sheet) => sheet.includes(title) && sheet.includes(source));
    assert.ok(carrying.length > 0, `${title} and ${source} are on no sheet together:\n${sheets.join("\n")}`);
  }
}

for (const [what, options, pages] of [
  ["of the sample", {}, PAGES],
  ["made up", { synthetic: true }, SYNTHETIC_PAGES],
]) {
  describe(`a page ${what}`, () => {
    const site = startSite(options);
    for (const [name, address] of Object.entries(pages)) {
      test(`${name} is printed whole, without what is pressed`, async () => {
        const page = await site.open(address, { colorScheme: "dark" });
        const all = await figures(page);
        const sheets = await printed(page);
        assertWhole(sheets, all);
        assert.ok(sheets[0].startsWith("工商联·年报"), sheets[0]);
        for (const word of ["搜索县区", "跳到正文", "下载", "公布历史", "表格与文字说明", "English"]) {
          assert.ok(!sheets.join("").includes(word), `${word} is printed on ${address}`);
        }
        assert.ok(sheets.at(-1).endsWith(`${sheets.length}/${sheets.length}`), sheets.at(-1));
        if (name !== "page that does not exist") assertClean(page, site.server);
      });
    }
  });
}

describe("a table that was opened", () => {
  const site = startSite({ synthetic: true });

  test("is printed with its head on every sheet, and its figure keeps its title at its picture", async () => {
    const page = await site.open("/indicators/industry_chambers?org-unit=S010101&org-unit=S010102&org-unit=S010103&org-unit=S010104");
    await page.$$eval("details.data", (all) => all.forEach((details) => (details.open = true)));
    const [first] = await figures(page);
    const sheets = await printed(page);
    const head = "地区数值期间来源";
    const with_rows = sheets.filter((sheet) => sheet.includes("合成数据，种子1"));
    assert.ok(with_rows.length > 1, `${with_rows.length} sheets`);
    for (const sheet of with_rows) assert.ok(sheet.includes(head), sheet);
    // The name at the end of a line is in the picture.
    const titled = sheets.find((sheet) => sheet.includes(first.title));
    assert.ok(titled.includes("甲甲子县"), titled);
  });

  test("is not printed while it is closed", async () => {
    const page = await site.open("/indicators/industry_chambers?org-unit=S010101");
    const sheets = await printed(page);
    assert.ok(!sheets.join("").includes("合成数据，种子1（非真实数据）》"), sheets.join("\n"));
  });
});

describe("paper", () => {
  const site = startSite();

  test("is white, whatever theme was chosen", async () => {
    const page = await site.open(OVERVIEW, { colorScheme: "dark", viewport: PAPER });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const ink = () => page.evaluate(() => getComputedStyle(document.querySelector("h1")).color);
    assert.notEqual(await paper(), "rgb(255, 255, 255)");
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.equal(await paper(), "rgb(255, 255, 255)");
    assert.equal(await ink(), "rgb(31, 41, 55)");
  });

  test("has no figure taller than itself, so that none has to be split", async () => {
    for (const address of Object.values(PAGES)) {
      const page = await site.open(address, { viewport: PAPER });
      await page.emulateMedia({ media: "print" });
      const heights = await page.$$eval(".figure", (all) => all.map((figure) => figure.getBoundingClientRect().height));
      assert.ok(heights.every((height) => height < PAPER.height), `${address}: ${heights}`);
    }
  });
});
