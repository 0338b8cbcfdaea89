// Starts the app over the page that the server has already drawn. The page is whole without it, so whatever is missing
// here (an old browser, a proxy that strips Wasm, a lost connection) leaves the page as it is, and only marks it.
// There is no top-level await: browsers before Chromium 89 would not even parse the file.

/* global GLUE, WASM */ // The names of the two files, put in by app/finish.mjs.

const root = document.documentElement;

// A theme chosen earlier comes before anything else; storage may be forbidden, and then the system's theme stays.
try {
  const theme = localStorage.getItem("theme");
  if (theme) root.dataset.theme = theme;
} catch {
  // Nothing was chosen that could be read.
}

// replaceChildren came with Chromium 86, Firefox 78 and Safari 14, which are the oldest the app is built for; it stands
// for everything else that they brought. A server or a policy may still forbid Wasm, and then there is no WebAssembly.
const able = typeof WebAssembly === "object" && "replaceChildren" in root;

const start = async () => {
  if (!able) throw new Error("this browser cannot run the app");
  const glue = await import(new URL(GLUE, import.meta.url).href);
  await glue.default({ module_or_path: new URL(WASM, import.meta.url) });
};

root.dataset.app = "starting";
start().then(
  () => {
    root.dataset.app = "started";
  },
  (reason) => {
    root.dataset.app = "failed";
    console.info(`The page stays as the server drew it: ${reason}`);
  },
);
