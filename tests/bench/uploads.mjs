// Uploads: 100,000 figures of a country's year, read and validated from CSV and from XLSX, against what one would write
// in Python without us. Ours writes the figures out besides, which the other does not.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, seconds, spread, table, target } from "./print.mjs";

const scripts = fileURLToPath(new URL("uploads/", import.meta.url));
const definitions = fileURLToPath(new URL("../../data/definitions/", import.meta.url));
const tools = process.env.TOOLS ?? join(homedir(), ".cache/federation-dashboard/tools");
const python = join(tools, "spreadsheets/bin/python");

/** How much more memory a file of 100,000 rows may take than one of one row, in MB. */
const MOST_MEMORY = 64;

/** How often a process and its children are asked for the most memory they had, in milliseconds. */
const EVERY = 3;

/** Prints the table; all are measured in turn, `rounds` times. */
export async function benchUploads(rounds) {
  const folder = mkdtempSync(join(tmpdir(), "uploads-"));
  try {
    execFileSync(python, [join(scripts, "write.py"), definitions, folder]);
    console.log(`\n100,000 rows read and validated, median of ${rounds} (whole processes, least–greatest in brackets):\n`);
    const rows = [["", "ours", "Python", "ratio", "ours takes", "Python takes"]];
    const targets = [];
    for (const [kind, words] of [["csv", "CSV, against Python's csv"], ["xlsx", "XLSX, against python-calamine"]]) {
      const { ours, peer, least } = await measureAll(kind, folder, rounds);
      const ratio = median(ours.times) / median(peer.times);
      const more = Math.max(...ours.memory) - least;
      rows.push([words, times(ours), times(peer), ratio.toFixed(2), megabytes(ours.memory), megabytes(peer.memory)]);
      targets.push([`${words}: no slower`, `${ratio.toFixed(2)} of its time`, ratio <= 1]);
      targets.push([`${words}: at most ${MOST_MEMORY} MB more than for one row`, `${more.toFixed(0)} MB`, more <= MOST_MEMORY]);
    }
    table(rows);
    for (const [words, figure, isMet] of targets) target(words, figure, isMet);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureAll(kind, folder, rounds) {
  const read = (name) => [process.env.FEDERATION_DASHBOARD, "read", join(folder, `${name}.${kind}`), "--org-unit", "100000", "--year", "2024"];
  const loop = [python, join(scripts, "peer.py"), kind, join(folder, `rows.${kind}`), definitions];
  const [ours, peer] = [{ times: [], memory: [] }, { times: [], memory: [] }];
  for (let round = 0; round < rounds; round++) {
    for (const [command, into] of [[read("rows"), ours], [loop, peer]]) {
      into.times.push((await run(command, false)).time);
      into.memory.push((await run(command, true)).memory);
    }
  }
  return { ours, peer, least: (await run(read("one-row"), true)).memory };
}

/** Runs a program to its end: its time, or where that is asked for instead the most memory of it and its children, in MB. */
function run([program, ...parameters], watchesMemory) {
  return new Promise((done, failed) => {
    const begun = performance.now();
    const child = spawn(program, parameters, { stdio: ["ignore", "ignore", "inherit"] });
    const most = new Map();
    const watch = watchesMemory ? setInterval(() => note(child.pid, most), EVERY) : undefined;
    child.on("error", failed);
    child.on("exit", (code) => {
      clearInterval(watch);
      const time = performance.now() - begun;
      const memory = [...most.values()].reduce((sum, kilobytes) => sum + kilobytes, 0) / 1024;
      if (code === 0) done({ time, memory });
      else failed(new Error(`${program} ended with ${code}`));
    });
  });
}

/** Notes the greatest resident size of a process and its children so far; what has ended meanwhile keeps its last. */
function note(pid, most) {
  try {
    const size = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    if (size) most.set(pid, Number(size[1]));
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    for (const child of children.split(" ").filter(Boolean)) note(Number(child), most);
  } catch {
    // It has ended.
  }
}

const times = ({ times }) => `${seconds(median(times))} (${spread(times)})`;
const megabytes = (values) => `${median(values).toFixed(0)} MB`;
