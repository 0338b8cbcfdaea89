// Starts the app over the page that the server has already drawn. The page is whole without it, so whatever is missing
// here (an old browser, a proxy that strips Wasm, a lost connection) leaves the page as it is, and only marks it.
// It stands inside the page, as its last element, and names its files by attributes, so that its text, whose hash the
// policy allows, is the same in every page. There is no top-level await: browsers before Chromium 89 would not even parse it.

const root = document.documentElement;
const { glue, wasm } = document.querySelector("script[data-glue]").dataset;

// replaceChildren came with Chromium 86, Firefox 78 and Safari 14, which are the oldest the app is built for; it stands
// for everything else that they brought. A server or a policy may still forbid Wasm, and then there is no WebAssembly.
const able = typeof WebAssembly === "object" && "replaceChildren" in root;

const start = async () => {
  if (!able) throw new Error("this browser cannot run the app");
  const module = await import(glue);
  await module.default({ module_or_path: wasm });
};

const begin = () =>
  start().then(
    () => {
      root.dataset.app = "started";
    },
    (reason) => {
      root.dataset.app = "failed";
      console.info(`The page stays as the server drew it: ${reason}`);
    },
  );

root.dataset.app = "starting";
// The first picture before anything else: what is fetched and compiled earlier would only delay it.
requestAnimationFrame(() => setTimeout(begin));
