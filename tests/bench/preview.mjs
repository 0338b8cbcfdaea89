// Previews: a text file of 3,000 rows is chosen, and the page says what the server will say of it. The clock starts with the
// choice; the first preview of a page fetches the program, the definitions and what is published besides. While the worker
// is at it the page must stay free: the longest task of its own thread is what somebody who types would wait.

import { startChromium, startServer } from "../browser/harness.mjs";
import { arriveBy, invite } from "../browser/people.mjs";
import { median, spread, table, target } from "./print.mjs";

const ROWS = 3000;

/** Longer than this a key seems to hang. */
const LONGEST_TASK = 50;

/** Prints the table; the program holds the figures of 24 made-up reporters of six years. */
export async function benchPreview(rounds) {
  const server = await startServer({ synthetic: true });
  const chromium = await startChromium();
  try {
    const site = { server, chromium };
    const page = await arriveBy(site, invite(site, "quan", "全国", "100000", "reporter"), "quan");
    const codes = await indicators(server);
    const times = { first: [], later: [] };
    const tasks = [];
    for (let round = 0; round < rounds; round++) {
      await page.goto(`${server.url}/report?year=2024`);
      await watch(page);
      times.first.push(await preview(page, file(codes, 2 * round)));
      times.later.push(await preview(page, file(codes, 2 * round + 1)));
      tasks.push(await page.evaluate(() => Math.max(0, ...tasks)));
    }
    print(times, tasks, rounds);
  } finally {
    await chromium.close();
    await server.stop();
  }
}

function print(times, tasks, rounds) {
  const shown = (values) => `${Math.round(median(values))} ms (${spread(values.map(Math.round))})`;
  console.log(`\nA CSV of ${ROWS} rows previewed in the browser, median of ${rounds} (least–greatest in brackets):\n`);
  table([
    ["", "time"],
    ["the first on a page, which fetches the program", shown(times.first)],
    ["a later one", shown(times.later)],
    ["the longest task of the page meanwhile", shown(tasks)],
  ]);
  const [first, longest] = [median(times.first), median(tasks)];
  target("the first preview under a second", `${Math.round(first)} ms`, first < 1000);
  target(`typing is not held up: no task over ${LONGEST_TASK} ms`, `${Math.round(longest)} ms`, longest <= LONGEST_TASK);
}

async function indicators(server) {
  const answer = await (await fetch(`${server.url}/api/v1/definitions`)).json();
  const counties = answer.org_units.filter((unit) => unit.level === "county").map((unit) => unit.code);
  const reported = answer.indicators.filter((one) => one.kind === "reported" && one.unit !== "year").map((one) => one.code);
  return { counties, reported };
}

/** A row for each of 3,000 counties and indicators; every fiftieth number is none. */
function file({ counties, reported }, seed) {
  const lines = ["地区代码,指标,数值"];
  for (let row = 0; row < ROWS; row++) {
    const county = counties[row % counties.length];
    const indicator = reported[(row + Math.floor(row / counties.length) + seed) % reported.length];
    lines.push(`${county},${indicator},${row % 50 === 0 ? "很多" : 100 + row}`);
  }
  return { name: "年报.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\n")) };
}

/** Notes every task of the page's thread of 1 ms and more: a timer that comes late was held up by one. */
function watch(page) {
  return page.evaluate(() => {
    globalThis.tasks = [];
    let last = performance.now();
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const now = performance.now();
      tasks.push(now - last);
      last = now;
      channel.port2.postMessage(0);
    };
    channel.port2.postMessage(0);
  });
}

/** Chooses a file, and answers how long after it the preview stands there. */
async function preview(page, file) {
  await page.evaluate(() => {
    const input = document.querySelector("form.upload input[type=file]");
    globalThis.shown = new Promise((resolve) => {
      input.addEventListener(
        "change",
        () => {
          const chosen = performance.now();
          const box = document.querySelector(".preview");
          const observer = new MutationObserver(() => {
            if (!box.querySelector("p")) return;
            observer.disconnect();
            resolve(performance.now() - chosen);
          });
          observer.observe(box, { childList: true });
          tasks.length = 0;
        },
        { once: true },
      );
    });
  });
  await page.locator("form.upload input[type=file]").setInputFiles(file);
  return page.evaluate(() => shown);
}
