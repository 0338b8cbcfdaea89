// nginx, tuned for what it is compared in: a small file from memory, over connections that stay open.

import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Serves `files` ({path: {body, headers}}) by so many workers, without an access log, as our server writes none either.
 * Returns its `url` and `stop()`.
 */
export async function startNginx(workers, files) {
  const folder = mkdtempSync(join(tmpdir(), "bench-nginx-"));
  // As root its workers run as somebody else, who must be able to read the files.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const locations = Object.entries(files).map(([path, { body, headers }]) => {
    writeFileSync(join(folder, path), body);
    const added = Object.entries(headers).map(([name, value]) => `add_header ${name} "${value.replaceAll('"', '\\"')}";`);
    return `location = ${path} { types {} default_type application/json; ${added.join(" ")} }`;
  });
  writeFileSync(join(folder, "nginx.conf"), configuration({ folder, port, workers, locations: locations.join("\n") }));
  const child = spawn("nginx", ["-p", folder, "-c", "nginx.conf", "-e", "stderr"], {
    // Debian keeps it among the programs for administrators, which are not on everybody's path.
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (chunk) => (log += chunk));
  const ended = new Promise((resolve) => {
    child.once("close", resolve);
    child.once("error", (error) => resolve((log += error.message)));
  });
  const nginx = { url: `http://127.0.0.1:${port}` };
  nginx.stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const isUp = await reachable(nginx.url + Object.keys(files)[0], ended);
  if (!isUp) {
    await nginx.stop();
    throw new Error(`nginx does not answer:\n${log}`);
  }
  return nginx;
}

/** Requests per connection are unbounded because wrk, like our server, keeps its connections. */
const configuration = ({ folder, port, workers, locations }) => `
daemon off;
worker_processes ${workers};
pid nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=100;
  open_file_cache_valid 1h;
  server {
    listen 127.0.0.1:${port} backlog=1024;
    root ${folder};
    ${locations}
  }
}
`;

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function reachable(url, ended) {
  let hasEnded = false;
  ended.then(() => (hasEnded = true));
  for (let attempt = 0; attempt < 100 && !hasEnded; attempt++) {
    const response = await fetch(url).catch(() => null);
    if (response) return response.ok;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
