// An embed in a page of another origin: a line of ten years in the frame that our dialog gives, against the same frame with
// a page that draws the same ten figures with ECharts. The clock starts with the navigation to the host's page and ends when
// the marks are painted in the frame. The host has another port and so another origin, but is of the same site: the browser
// keeps both in one process, and the emulated network and processor are those of the frame too.

import { startPortal } from "../browser/portal.mjs";
import { startServer } from "../browser/harness.mjs";
import { PEERS, startPeerServer } from "./peer-server.mjs";
import { peersScene } from "./pictures.mjs";
import { kilobytes, median, seconds, spread, table, target } from "./print.mjs";
import { COUNTRY, PROFILES } from "./scenes.mjs";
import { sum } from "./transfer.mjs";
import { onlyFrame, visit } from "./visit.mjs";

/** A county and an indicator with a figure in each of the ten years. */
const CHART = "/charts/line?indicator=entrepreneurs_sent_for_training&org-unit=S010101";

const WIDTH = 640;

/** What is to be reached: a part of ECharts' time, bytes in all as sent, and bytes of script before compression. */
const [PART, MOST, MOST_SCRIPT] = [1 / 5, 20_000, 3_000];

const SLOW = PROFILES.find(({ slowdown }) => slowdown > 1);

/** The lightest that draws the chart is the one to be held against; the whole library is what most people take. */
const LIGHTEST = { name: "echarts-line", title: "ECharts, cut to a line" };
const WHOLE = PEERS.find(({ name }) => name === "echarts");

/** A host's policy under which nothing but the frame and the page's own style works. */
const POLICY = "default-src 'none'; style-src data: 'unsafe-inline'; frame-src *";

/** Prints the tables; each frame is visited `rounds` times, all in turn, each time with an empty cache. */
export async function benchEmbed(browser, rounds) {
  const server = await startServer({ synthetic: COUNTRY });
  const portal = await startPortal();
  const started = [portal.stop, server.stop];
  try {
    const oembed = await json(`${server.url}/oembed?url=${encodeURIComponent(server.url + CHART)}&maxwidth=${WIDTH}`);
    const scene = await peersPage(server.url, oembed);
    const peers = await startPeerServer(scene, server.url);
    started.unshift(peers.close);
    const show = (frame) => portal.show(`<h1>门户</h1><div style="width:${WIDTH}px">${frame}</div>`, POLICY);
    const framed = ({ name }) => show(oembed.html.replace(/src="[^"]*"/, `src="${peers.url}/${name}"`));
    const pages = [["ours", show(oembed.html)], ...scene.peers.map((peer) => [peer.name, framed(peer)])];
    const visits = await visitInTurn(browser, rounds, pages, portal.url);
    printTimes(visits, rounds);
    printMoments(visits);
    printTargets(visits, await scriptBytes(oembed.html));
  } finally {
    for (const stop of started) await stop();
  }
}

/** The visits of each page; their files are those of the frame. */
async function visitInTurn(browser, rounds, pages, portal) {
  const visits = new Map(pages.map(([name]) => [name, []]));
  // The first visit of all makes the server compress the page, which every later visitor finds done.
  for (let round = -1; round < rounds; round++) {
    for (const [name, url] of pages) {
      const { files, ...visited } = await visit(browser, url, SLOW, "visible", onlyFrame);
      const own = files.filter((file) => !file.url.startsWith(portal));
      if (round >= 0) visits.get(name).push({ ...visited, files: own });
    }
  }
  return visits;
}

const TITLES = [["ours", "our embed"], ...[WHOLE, LIGHTEST].map(({ name, title }) => [name, title])];

const shown = (visits, name) => visits.get(name).map(({ times }) => times.visible);
const bytes = (visits, name) => sum(visits.get(name)[0].files);

function printTimes(visits, rounds) {
  console.log(`\nAn embed: a line of ten years in a frame of another origin's page (${CHART})`);
  console.log(`\n  Chart visible in the frame, ${SLOW.name}, median of ${rounds}:`);
  const ours = median(shown(visits, "ours"));
  const row = ([name, title]) => {
    const times = shown(visits, name);
    const files = visits.get(name)[0].files.length;
    return [title, `${files}`, kilobytes(bytes(visits, name)), seconds(median(times)), spread(times), (median(times) / ours).toFixed(2)];
  };
  table([["", "files", "transferred", "median", "least–greatest", "to our embed"], ...TITLES.map(row)]);
}

/** Where the time goes: what stands between two moments is the same for all but for the last. */
function printMoments(visits) {
  console.log("\n  When, by the clock of the host's page, medians:");
  const moments = {
    "host's page there": ({ hostArrived }) => hostArrived,
    "frame asked for": ({ times }) => times.began,
    "frame's page there": ({ times }) => times.arrived,
    "chart visible": ({ times }) => times.visible,
  };
  const row = ([name, title]) => [title, ...Object.values(moments).map((of) => seconds(median(visits.get(name).map(of))))];
  table([["", ...Object.keys(moments)], ...TITLES.map(row)]);
}

function printTargets(visits, script) {
  for (const { name, title } of [LIGHTEST, WHOLE]) {
    const part = median(shown(visits, "ours")) / median(shown(visits, name));
    target(`our embed in at most a fifth of the time of ${title}`, part.toFixed(2), part <= PART);
  }
  const all = bytes(visits, "ours");
  target("our embed at most 20 KB in all", kilobytes(all), all <= MOST);
  target("its script at most 3 KB, as it is", kilobytes(script), script <= MOST_SCRIPT);
}

/** The peers' page: the chart's title and figures in the room of our frame. */
async function peersPage(url, { height }) {
  const { title, years, series } = peersScene(await json(url + CHART.replace("?", ".json?")));
  const chart = { kind: "line", box: [WIDTH - 20, height - 20], title, labels: years, series: series.map(({ values }) => values) };
  return { name: "embed", peers: [WHOLE, LIGHTEST], charts: [chart] };
}

/** The bytes of all scripts in the page of a frame, as they are before compression. */
async function scriptBytes(frame) {
  const src = /src="([^"]*)"/.exec(frame)[1].replaceAll("&amp;", "&");
  const html = await (await fetch(src)).text();
  return [...html.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].reduce((bytes, [, script]) => bytes + Buffer.byteLength(script), 0);
}

async function json(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
