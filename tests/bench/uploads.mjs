// Uploads: 100,000 figures of a province's year, sent to a running server, read, validated, compared with what is published,
// submitted and accepted into SQLite, from CSV and from XLSX, against what one would write in Python without us. A second
// file has 1,007 bad rows in it, each of which must be named at its cell.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, seconds, spread, table, target } from "./print.mjs";

const scripts = fileURLToPath(new URL("uploads/", import.meta.url));
const definitions = fileURLToPath(new URL("../../data/definitions/", import.meta.url));
const tools = process.env.TOOLS ?? join(homedir(), ".cache/federation-dashboard/tools");
const python = join(tools, "spreadsheets/bin/python");
const program = process.env.FEDERATION_DASHBOARD;

const [PROVINCE, YEAR, PASSWORD] = ["S01", 2024, "correct horse battery"];

/** How much more memory than before the server may take with its child, in MB. */
const MOST_MEMORY = 64;

/** How often processes are asked for their memory, in milliseconds. */
const EVERY = 3;

/** Prints the table; all are measured in turn, `rounds` times. */
export async function benchUploads(rounds) {
  const folder = mkdtempSync(join(tmpdir(), "uploads-"));
  try {
    prepare(folder);
    console.log(`\n100,000 rows read, validated, compared and accepted, median of ${rounds} (least–greatest in brackets):\n`);
    const rows = [["", "ours", "Python", "ratio", "server takes", "Python takes", "server's CPU", "Python's CPU"]];
    const targets = [];
    for (const [kind, words] of [["csv", "CSV, against Python's csv"], ["xlsx", "XLSX, against python-calamine"]]) {
      const [ours, peer] = [newSums(), newSums()];
      for (let round = 0; round < rounds; round++) {
        add(ours, await accept(folder, kind));
        add(peer, await loop(folder, kind));
      }
      const ratio = median(ours.times) / median(peer.times);
      const more = Math.max(...ours.memory);
      rows.push([words, times(ours), times(peer), ratio.toFixed(2), `${median(ours.memory).toFixed(0)} MB more`, `${median(peer.memory).toFixed(0)} MB`, seconds(median(ours.cpu)), seconds(median(peer.cpu))]);
      targets.push([`${words}: no slower`, `${ratio.toFixed(2)} of its time`, ratio <= 1]);
      targets.push([`${words}: at most ${MOST_MEMORY} MB more in the server and its child`, `${more.toFixed(0)} MB`, more <= MOST_MEMORY]);
      const moves = Math.min(...ours.seen);
      targets.push([`${words}: a progress that moves`, `${moves} different answers`, moves >= 2]);
      if (process.env.STEPS) console.log(kind, ours.steps.map((steps) => steps.map(Math.round).join(" + ")).join("; "));
    }
    table(rows);
    for (const kind of ["csv", "xlsx"]) targets.push([`every bad row named, ${kind.toUpperCase()}`, ...(await named(folder, kind))]);
    for (const [words, figure, isMet] of targets) target(words, figure, isMet);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const newSums = () => ({ times: [], memory: [], cpu: [], seen: [], steps: [] });
const add = (sums, one) => Object.keys(sums).forEach((key) => sums[key].push(one[key.replace(/^times$/, "time")]));

/** The files, and for each side a database with what is published. */
function prepare(folder) {
  execFileSync(python, [join(scripts, "write.py"), definitions, folder]);
  const database = ["--database-url", `sqlite://${join(folder, "ours.db")}`];
  const run = (...args) => execFileSync(program, [...args, ...database], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  run("import", join(folder, "published.csv"), "--org-units", join(folder, "org_units.csv"));
  const links = [["clerk", "reporter", PROVINCE], ["reviewer", "reviewer", "100000"]].map(([name, role, unit]) => {
    const printed = run("user", "add", name, "--display-name", name, "--org-unit", unit, "--role", role);
    return [name, /\/links\/(\S+)/.exec(printed)[1]];
  });
  writeFileSync(join(folder, "links.json"), JSON.stringify(links));
  execFileSync(python, [join(scripts, "peer.py"), "prepare", join(folder, "known.csv"), join(folder, "peer.db")]);
}

/** A server of its own on a copy of the database, with a clerk and a reviewer who are signed in. */
async function serve(folder) {
  const database = join(folder, "served.db");
  for (const end of ["", "-wal", "-shm"]) rmSync(database + end, { force: true });
  copyFileSync(join(folder, "ours.db"), database);
  const child = spawn(program, ["serve", "--database-url", `sqlite://${database}`, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  const url = await new Promise((found, failed) => {
    let log = "";
    child.stderr.on("data", (chunk) => {
      log += chunk;
      const address = /listening on (http:\/\/\S+:\d+)/.exec(log);
      if (address) found(address[1]);
    });
    child.on("exit", () => failed(new Error(log)));
  });
  const people = {};
  for (const [name, token] of JSON.parse(readFileSync(join(folder, "links.json"), "utf8"))) {
    await send(url, "POST", `/api/v1/links/${token}`, {}, JSON.stringify({ password: PASSWORD }));
    const signed = await send(url, "POST", "/api/v1/sessions", {}, JSON.stringify({ name, password: PASSWORD }));
    people[name] = { cookie: signed.headers["set-cookie"][0].split(";")[0] };
  }
  const stop = () => new Promise((ended) => child.on("exit", ended).kill());
  return { url, people, pid: child.pid, stop };
}

/** Sends a request; the body is a text or a stream. */
function send(url, method, path, headers, body) {
  return new Promise((done, failed) => {
    const type = typeof body === "string" ? { "content-type": "application/json", "content-length": Buffer.byteLength(body) } : {};
    const asked = request(url + path, { method, headers: { "sec-fetch-site": "same-origin", ...type, ...headers } }, (answer) => {
      const pieces = [];
      answer.on("data", (piece) => pieces.push(piece));
      answer.on("error", failed);
      answer.on("end", () => {
        const text = Buffer.concat(pieces).toString();
        if (answer.statusCode < 300) done({ headers: answer.headers, text });
        else failed(new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 500)}`));
      });
    });
    asked.on("error", failed);
    if (typeof body === "string") asked.end(body);
    else body.pipe(asked);
  });
}

const sendFile = (server, path, headers = {}) =>
  send(server.url, "POST", `/api/v1/submissions?org-unit=${PROVINCE}&year=${YEAR}`, {
    ...server.people.clerk, ...headers, "content-type": "application/octet-stream", "content-length": statSync(path).size, "x-file-name": "rows",
  }, createReadStream(path));

/** One report from its first byte to its acceptance: the time, the memory, and how often the progress was another. */
async function accept(folder, kind) {
  const server = await serve(folder);
  try {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [idle, cpu, watch] = [resident(server.pid), processor(server.pid), watchMemory(server.pid)];
    const { clerk, reviewer } = server.people;
    const seen = watchProgress(server, "bench1");
    const moments = [performance.now()];
    const step = async (who, path, body) => {
      const answer = await send(server.url, "POST", path, who, body);
      moments.push(performance.now());
      return answer;
    };
    const { text } = await sendFile(server, join(folder, `rows.${kind}`), { "x-upload": "bench1" });
    moments.push(performance.now());
    const draft = JSON.parse(text);
    assert.deepEqual([draft.figures, draft.errors, draft.warnings], [100_000, 0, 0]);
    const address = `/api/v1/submissions/${draft.id}`;
    await step(clerk, `${address}/submit`, "");
    const accepted = await step(reviewer, `${address}/accept`, "{}");
    const time = performance.now() - moments[0];
    assert.equal(JSON.parse(accepted.text).state, "accepted");
    const memory = watch() - idle;
    return { time, memory, cpu: processor(server.pid) - cpu, seen: seen(), steps: moments.slice(1).map((at, index) => at - moments[index]) };
  } finally {
    await server.stop();
  }
}

/** Sends the file with bad rows: are they all named, at their cells, and nothing else called an error? */
async function named(folder, kind) {
  const server = await serve(folder);
  try {
    const { text } = await sendFile(server, join(folder, `bad.${kind}`));
    const draft = JSON.parse(text);
    const cells = new Set(draft.issues.map(({ place }) => `${place.row} ${place.column}`));
    const planted = JSON.parse(readFileSync(join(folder, "planted.json"), "utf8"));
    const missed = planted.filter(([row, column]) => !cells.has(`${row} ${column}`));
    const figure = `${planted.length - missed.length} of ${planted.length} at their cells, ${draft.errors} errors in all`;
    return [figure, missed.length === 0 && draft.errors === planted.length];
  } finally {
    await server.stop();
  }
}

/** Python on a copy of its database, as a whole process. */
async function loop(folder, kind) {
  const database = join(folder, "taken.db");
  for (const end of ["", "-wal", "-shm"]) rmSync(database + end, { force: true });
  copyFileSync(join(folder, "peer.db"), database);
  const args = [join(scripts, "peer.py"), kind, join(folder, `rows.${kind}`), definitions, folder, database];
  const begun = performance.now();
  const before = childrenProcessor();
  const child = spawn(python, args, { stdio: ["ignore", "pipe", "inherit"] });
  const watch = watchMemory(child.pid);
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  const code = await new Promise((ended) => child.on("close", ended));
  const time = performance.now() - begun;
  assert.equal(code, 0);
  assert.match(said, /^\d+ 0 /);
  return { time, memory: watch(), cpu: childrenProcessor() - before };
}

/** Asks how far an upload is until it is over; answers how many different answers there were. */
function watchProgress(server, name) {
  const seen = new Set();
  const timer = setInterval(async () => {
    const answer = await send(server.url, "GET", `/api/v1/uploads/${name}`, server.people.clerk, "").catch(() => undefined);
    if (answer?.text) seen.add(answer.text);
  }, 50);
  return () => {
    clearInterval(timer);
    return seen.size;
  };
}

const status = (pid, field) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;

/** The resident memory of a process, in MB. */
const resident = (pid) => status(pid, "VmRSS");

/** The processor time of a process and of those of its children that have ended, in milliseconds. */
function processor(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * 10;
}

/** The same of the children of this process that have ended. */
function childrenProcessor() {
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ");
  return fields.slice(13, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * 10;
}

/** Watches a process and its children; answers the sum of the most that each of them had, in MB. */
function watchMemory(pid) {
  const most = new Map();
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
  } catch {
    // Where the system does not forget, the most is that of the process's whole life: no less than the truth.
  }
  const timer = setInterval(() => note(pid, most), EVERY);
  return () => {
    clearInterval(timer);
    note(pid, most);
    return [...most.values()].reduce((sum, megabytes) => sum + megabytes, 0);
  };
}

/** Notes the greatest resident size of a process and its children so far; what has ended meanwhile keeps its last. */
function note(pid, most) {
  try {
    // The last, and not the greatest: between fork and exec a child has its parent's memory, and says so.
    const size = status(pid, "VmHWM");
    if (size > 0) most.set(pid, size);
    // A child is its thread's.
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const children = readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8");
      for (const child of children.split(" ").filter(Boolean)) note(Number(child), most);
    }
  } catch {
    // It has ended.
  }
}

const times = ({ times }) => `${seconds(median(times))} (${spread(times)})`;
