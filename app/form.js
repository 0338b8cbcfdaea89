// Starts the program of the form: in the page, which names the Wasm in an attribute, and once more in the worker that the
// program starts to check with, which has it for a name. One file for both, so that it is fetched and compiled once.
// It is no module: Firefox before 114 has no workers made of modules.

import start from "form-glue";
import { startPreviews } from "./preview.js";

const inWorker = typeof document === "undefined";
const script = inWorker ? undefined : document.currentScript;
const wasm = inWorker ? self.name : script.dataset.wasm;

if (inWorker || document.getElementById("grid")) {
  start({ module_or_path: wasm }).catch((reason) => {
    // The form is sent by the browser alone then, and the server checks it.
    if (inWorker) self.postMessage('"unable"');
    console.info(`The form stays as the server drew it: ${reason}`);
  });
} else {
  startPreviews(script);
}
