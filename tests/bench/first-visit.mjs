// Bytes and time of a first visit to each scene: ours as it is (drawn by the server, then taken over by the app), ours left
// to the app alone, and the peers.

import { startServer } from "../browser/harness.mjs";
import { PEERS, startPeerServer } from "./peer-server.mjs";
import { kilobytes, median, seconds, spread, table, target } from "./print.mjs";
import { PROFILES, SCENES } from "./scenes.mjs";
import { printTransfer, sum } from "./transfer.mjs";
import { visit } from "./visit.mjs";

/** Prints the tables of all scenes; each page is visited `rounds` times, all pages in turn, so that noise meets all. */
export async function benchFirstVisits(browser, rounds) {
  for (const scene of SCENES) {
    const server = await startServer({ synthetic: scene.synthetic });
    const peers = await startPeerServer(scene, server.url);
    try {
      console.log(`\n${scene.title} (${scene.path})`);
      await benchScene(browser, rounds, { scene, server, peers });
    } finally {
      await peers.close();
      await server.stop();
    }
  }
}

async function benchScene(browser, rounds, { scene, server, peers }) {
  const pages = [
    { name: "ours", url: server.url + scene.path, waitFor: "interactive" },
    { name: "wasm", url: peers.url + scene.path, waitFor: "interactive" },
    ...PEERS.map(({ name }) => ({ name, url: `${peers.url}/${name}`, waitFor: "visible" })),
  ];
  // The first visit of all makes the server compress the page, which every later visitor finds done.
  const warm = new Map();
  for (const { name, url, waitFor } of pages) warm.set(name, await visit(browser, url, PROFILES[0], waitFor));
  console.log("\n  What the first visit transfers, as sent and with headers:");
  await printTransfer(warm.get("ours").files);
  for (const profile of PROFILES) {
    const visits = new Map(pages.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const { name, url, waitFor } of pages) visits.get(name).push(await visit(browser, url, profile, waitFor));
    }
    printTimes(profile, visits);
  }
}

function printTimes(profile, visits) {
  const times = (name, what) => visits.get(name).map((visit) => visit.times[what]);
  const bytes = (name) => kilobytes(sum(visits.get(name)[0].files));
  const drawn = times("ours", "visible");
  const drawnByWasm = times("wasm", "interactive");
  const row = (title, size, runs) => [title, size, seconds(median(runs)), spread(runs), (median(runs) / median(drawn)).toFixed(2)];
  console.log(`\n  First chart visible, ${profile.name}, median of ${drawn.length}:`);
  table([
    ["", "transferred", "median", "least–greatest", "to server-drawn"],
    row("drawn by our server", bytes("ours"), drawn),
    row("  the app has taken over, interactive", bytes("ours"), times("ours", "interactive")),
    row("drawn by our Wasm alone, interactive", bytes("wasm"), drawnByWasm),
    ...PEERS.map(({ name, title }) => row(title, bytes(name), times(name, "visible"))),
  ]);
  const share = (ours, peer) => median(ours) / median(times(peer, "visible"));
  const shares = [
    ["server-drawn in at most half of uPlot's time", share(drawn, "uplot"), 1 / 2],
    ["server-drawn in at most a sixth of ECharts'", share(drawn, "echarts"), 1 / 6],
    ["Wasm-drawn no later than ECharts", share(drawnByWasm, "echarts"), 1],
  ];
  for (const [words, figure, most] of shares) target(words, figure.toFixed(2), figure <= most);
}
