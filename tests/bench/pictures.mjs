// Pictures: how many SVGs and PNGs of a line chart over ten years, 800 by 450 with Chinese words, one core makes a second,
// against ECharts on Node.js and matplotlib. Ours is `draw --repeat`: the function that answers `/charts/line.svg` and
// `/charts/line.png`, from the address to the finished file, with no cache of answers.
//
//   PICTURES=folder     keeps the pictures that were measured, to be looked at

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, table, target } from "./print.mjs";

const scripts = fileURLToPath(new URL("pictures/", import.meta.url));
const fonts = fileURLToPath(new URL("../../server/fonts/", import.meta.url));
const tools = process.env.TOOLS ?? join(homedir(), ".cache/federation-dashboard/tools");
const python = join(tools, "matplotlib/bin/python");
const program = process.env.FEDERATION_DASHBOARD;

/** How long each way draws in a round. */
const MILLISECONDS = 700;

/** What is to be reached: times ECharts' SVGs, the part of their bytes, times the PNGs of whichever peer is best. */
const [SVG_RATE, SVG_PART, PNG_RATE] = [60, 6, 4];

/** Of these five counties every figure of ten years is exact and final, so that there is nothing that only we draw. */
const COUNTRY = ["--org-units", "12", "--indicators", "50", "--years", "11", "--seed", "1"];
const UNITS = ["S010101", "S010102", "S010103", "S010104", "S010106"];
const SCENES = [1, 5].map((lines) => ({
  name: `${lines} ${lines === 1 ? "line" : "lines"}`,
  query: `indicator=service_commissioners&end-period=2024&${UNITS.slice(0, lines).map((unit) => `org-unit=${unit}`).join("&")}&width=800&height=450`,
}));

/** Prints the tables; all are measured in turn, `rounds` times. */
export async function benchPictures(rounds) {
  const folder = mkdtempSync(join(tmpdir(), "pictures-"));
  try {
    const database = ["--database-url", `sqlite://${join(folder, "country.db")}`];
    run(program, "synth", ...COUNTRY, ...database);
    console.log(`\nPictures of 800 by 450 a second on one core, median of ${rounds}, each ${MILLISECONDS} ms long:`);
    for (const scene of SCENES) await benchScene(scene, rounds, folder, database);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function benchScene(scene, rounds, folder, database) {
  const draw = (ending, repeat) => {
    const file = join(folder, `ours${ending}`);
    const printed = run(program, "draw", `/charts/line${ending}?${scene.query}`, "--output", file, "--repeat", `${repeat}`, ...database);
    return { file, rate: Number(/, ([\d.]+) a second/.exec(printed)[1]) };
  };
  const words = join(folder, "scene.json");
  writeFileSync(words, JSON.stringify(peersScene(JSON.parse(readFileSync(draw(".json", 1).file, "utf8")))));
  const kept = process.env.PICTURES && join(process.env.PICTURES, scene.name);
  if (kept) mkdirSync(kept, { recursive: true });
  const more = [words, fonts, `${MILLISECONDS}`, ...(kept ? [kept] : [])];
  const ways = new Map();
  const add = (name, kind, { rate, bytes }) => {
    const way = ways.get(name) ?? ways.set(name, { kind, rates: [], bytes }).get(name);
    way.rates.push(rate);
  };
  const files = {};
  for (let round = 0; round < rounds; round++) {
    for (const kind of ["svg", "png"]) {
      const often = Math.ceil((draw(`.${kind}`, 20).rate * MILLISECONDS) / 1000);
      const { file, rate } = draw(`.${kind}`, often);
      files[kind] = readFileSync(file);
      add(`ours, ${kind}`, kind, { rate, bytes: files[kind].length });
    }
    for (const [way, found] of Object.entries(JSON.parse(run("node", join(scripts, "echarts.mjs"), ...more)))) {
      add(`ECharts, ${way}`, found.kind, found);
    }
    for (const [kind, found] of Object.entries(JSON.parse(run(python, join(scripts, "draw.py"), ...more)))) {
      add(`matplotlib, ${kind}`, kind, found);
    }
  }
  if (kept) for (const kind of ["svg", "png"]) writeFileSync(join(kept, `ours.${kind}`), files[kind]);
  print(scene, ways);
}

function print(scene, ways) {
  const of = (name) => ({ ...ways.get(name), rate: median(ways.get(name).rates) });
  for (const kind of ["svg", "png"]) {
    const ours = of(`ours, ${kind}`);
    const rows = [[`${scene.name}, ${kind.toUpperCase()}`, "a second", "ms", "bytes", "ours is so many times as fast", "and its part of the bytes"]];
    for (const name of [...ways.keys()].filter((name) => ways.get(name).kind === kind)) {
      const { rate, bytes } = of(name);
      rows.push([name, rate.toFixed(1), (1000 / rate).toFixed(2), `${bytes}`, (ours.rate / rate).toFixed(1), `1/${(bytes / ours.bytes).toFixed(1)}`]);
    }
    console.log();
    table(rows);
  }
  const [svg, png] = [of("ours, svg"), of("ours, png")];
  const peers = [...ways.keys()].filter((name) => ways.get(name).kind === "png" && !name.startsWith("ours"));
  const [best] = peers.sort((a, b) => of(b).rate - of(a).rate);
  console.log();
  for (const name of [...ways.keys()].filter((name) => name.startsWith("ECharts, SVG"))) {
    const [fast, small] = [svg.rate / of(name).rate, of(name).bytes / svg.bytes];
    target(`${scene.name}: at least ${SVG_RATE} times the rate of ${name}`, fast.toFixed(1), fast >= SVG_RATE);
    target(`${scene.name}: at most 1/${SVG_PART} of its bytes`, `1/${small.toFixed(1)}`, small >= SVG_PART);
  }
  const fast = png.rate / of(best).rate;
  target(`${scene.name}: at least ${PNG_RATE} times the best peer's PNGs (${best})`, fast.toFixed(1), fast >= PNG_RATE);
}

/** Our chart as the peers draw it: its words, and the number of each unit in each year. */
export function peersScene({ title, subtitle, sources, observations, org_units }) {
  const year = ({ period }) => String(period.year ?? period.end ?? period.as_of).slice(0, 4);
  const years = [...new Set(observations.map(year))].sort();
  const series = org_units.map(({ code, name }) => ({
    name: name.zh,
    values: years.map((wanted) => {
      const found = observations.find((one) => one.org_unit === code && year(one) === wanted);
      return found?.value == null ? null : Number(found.value);
    }),
  }));
  return { title, subtitle, foot: [`来源：${sources.join("；")}`, "工商联·年报 · 版本 1"], years, series };
}

function run(command, ...args) {
  return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 26 });
}
