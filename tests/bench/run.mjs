// make bench: what a first visit costs against the charting libraries that would be used instead, how many requests a
// second against nginx, how long 100,000 uploaded rows take against Python, how soon a file is previewed, how many pictures
// a second are drawn against ECharts and matplotlib, and how soon an embed shows its chart against a frame with ECharts.
// Everything runs on this machine and listens on 127.0.0.1 only.
//
//   node tests/bench/run.mjs [first-visit] [embed] [requests] [uploads] [preview] [pictures]   all without a word
//   ROUNDS=9                                            visits of each page, and runs of each server (default 5)
//
// Targets are printed and not asserted: another machine, or a neighbour on this one, is no fault of the program.

import { cpus } from "node:os";
import { startChromium } from "../browser/harness.mjs";
import { benchEmbed } from "./embed.mjs";
import { benchFirstVisits } from "./first-visit.mjs";
import { benchPictures } from "./pictures.mjs";
import { benchPreview } from "./preview.mjs";
import { benchRequests } from "./requests.mjs";
import { benchUploads } from "./uploads.mjs";

const rounds = Number(process.env.ROUNDS ?? 5);
const wanted = process.argv.slice(2);
const wants = (part) => wanted.length === 0 || wanted.includes(part);
const started = performance.now();

const visits = [["first-visit", benchFirstVisits], ["embed", benchEmbed]].filter(([part]) => wants(part));
if (visits.length > 0) {
  const browser = await startChromium();
  console.log(`Chromium ${browser.version()}, Node.js ${process.versions.node}, ${cpus().length} processors`);
  try {
    for (const [, bench] of visits) await bench(browser, rounds);
  } finally {
    await browser.close();
  }
}
if (wants("requests")) await benchRequests(rounds);
if (wants("uploads")) await benchUploads(rounds);
if (wants("preview")) await benchPreview(rounds);
if (wants("pictures")) await benchPictures(rounds);
console.log(`\nDone in ${Math.round((performance.now() - started) / 1000)} s.`);
