// Trunk runs this between compiling the app and replacing dist/. It makes of Trunk's output the files that are served:
//
//   index.html            the bare page, for work on the app without the server
//   app-<hash>.js|wasm    the app and its glue; favicon-<hash>.svg
//   desk-<hash>.css|js    the sheet and the script of the pages for those who are signed in; the public pages load neither
//   form-<hash>.js|wasm   the form of a report with its glue, for the page and for the worker that checks it
//   main-<hash>.css, loader-<hash>.js    what the server writes into every page: see app/loader.js
//   *.br, *.gz            each of them compressed, so that the server never spends time on it
//   assets.json           {"loader": "loader-<hash>.js", "glue": …, "wasm": …, "css": …, "icon": …, …}
//
// Names carry a hash of the content, so the server may let browsers keep those files for ever.

import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

const app = dirname(fileURLToPath(import.meta.url));
const out = process.env.TRUNK_STAGING_DIR;
const release = process.env.TRUNK_PROFILE === "release";

// The oldest browser in use on the desktops this is for; newer syntax in our files is rewritten for it.
const target = "chrome86";

const emitted = [];

/** Writes a file under its name with a hash of its content in it, and returns that name. */
function emit(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const extension = extname(name);
  const hashed = `${name.slice(0, -extension.length)}-${hash}${extension}`;
  writeFileSync(join(out, hashed), content);
  emitted.push(hashed);
  return hashed;
}

/** Bundles and minifies a script or a style sheet with what it imports; `more` are options of esbuild. */
function bundle(file, more = {}) {
  const result = buildSync({
    entryPoints: [file],
    bundle: true,
    minify: release,
    format: "esm",
    charset: "utf8",
    // Pictures and fonts in a style sheet become part of it: they are few and small, and nothing is left to be found.
    loader: { ".svg": "dataurl", ".woff2": "dataurl" },
    logLevel: "warning",
    target,
    write: false,
    ...more,
  });
  return result.outputFiles[0].contents;
}

/** A text that will stand inside an element of this name: it must not hold what ends the element. */
function inside(element, content) {
  if (/<\/(script|style)|<!--/i.test(Buffer.from(content).toString())) throw new Error(`what would end <${element}> stands inside it`);
  return content;
}

/** Writes the compressed twins of a file; the best brotli takes seconds, which only a release is worth. */
function compress(name) {
  const content = readFileSync(join(out, name));
  const brotli = { [constants.BROTLI_PARAM_QUALITY]: release ? 11 : 4, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const br = brotliCompressSync(content, { params: brotli });
  const gz = gzipSync(content, { level: release ? 9 : 4 });
  writeFileSync(join(out, `${name}.br`), br);
  writeFileSync(join(out, `${name}.gz`), gz);
  return `  ${name}  ${content.length} bytes, gzip ${gz.length}, brotli ${br.length}`;
}

/** Fails where a release names a folder of whoever builds it; the Makefile tells the compiler to leave them out. */
function refusePaths(content) {
  const folders = ["/home/", "/root/", process.env.HOME, process.env.CARGO_HOME].filter((folder) => folder?.length > 1);
  const found = folders.find((folder) => content.includes(folder));
  if (release && found) throw new Error(`the Wasm names ${found}, a folder of this machine; build it by make build`);
  return content;
}

const glue = emit("app.js", bundle(join(out, "app.js")));
const wasm = emit("app.wasm", refusePaths(readFileSync(join(out, "app_bg.wasm"))));
const loader = emit("loader.js", inside("script", bundle(join(app, "loader.js"))));
const css = emit("main.css", inside("style", bundle(join(app, "..", "style", "main.css"))));
const desk_css = emit("desk.css", bundle(join(app, "..", "style", "desk.css")));
const desk = emit("desk.js", bundle(join(app, "desk.js")));
// Where the Wasm is the script is told, so the glue's own guess from its address is never used.
const form_bundle = { format: "iife", alias: { "form-glue": join(out, "form.js") }, define: { "import.meta.url": '""' } };
const form = emit("form.js", bundle(join(app, "form.js"), form_bundle));
const form_wasm = emit("form.wasm", refusePaths(readFileSync(join(out, "form_bg.wasm"))));
const icon = emit("favicon.svg", readFileSync(join(app, "favicon.svg")));
for (const left of ["app.js", "app_bg.wasm", "form.js", "form_bg.wasm", "snippets"]) rmSync(join(out, left), { recursive: true, force: true });

const base = process.env.TRUNK_PUBLIC_URL;
const replacements = [
  ['"loader.js"', `"${base}${loader}" data-glue="${base}${glue}" data-wasm="${base}${wasm}"`],
  ['"/main.css"', `"${base}${css}"`],
  ['"/favicon.svg"', `"${base}${icon}"`],
];
let page = readFileSync(join(out, "index.html"), "utf8");
for (const [from, to] of replacements) {
  if (!page.includes(from)) throw new Error(`app/index.html no longer has ${from}, so the page would come without ${to}`);
  page = page.replace(from, to);
}
writeFileSync(join(out, "index.html"), page.replace(/\s*<!--.*?-->/gs, ""));
writeFileSync(join(out, "assets.json"), `${JSON.stringify({ loader, glue, wasm, css, icon, desk_css, desk, form, form_wasm }, null, 2)}\n`);

console.log(emitted.map(compress).join("\n"));
