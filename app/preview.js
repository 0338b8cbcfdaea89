// A text file that was chosen or dropped is checked here before it is sent, by the program of the form in its worker. The
// page stays free meanwhile, and fetches the program only for this. A workbook is for the server to read.

/** More than this is not looked at before it is sent: 3,000 rows are some 200 kB. */
const MOST = 5 * 1024 * 1024;

const TEXTS = /\.(csv|tsv|txt)$/i;

/** Shows previews below the form that uploads; `script` names the worker, its Wasm and the report. */
export function startPreviews(script) {
  const form = document.querySelector("form.upload");
  if (!form || typeof Worker !== "function") return;
  const box = document.createElement("div");
  box.className = "preview";
  box.setAttribute("role", "status");
  form.after(box);

  let worker, last = 0;
  const waiting = [];
  const say = (message, transfer = []) => (waiting.ready ? worker.postMessage(message, transfer) : waiting.push([message, transfer]));

  const start = () => {
    if (worker) return;
    worker = new Worker(script.src, { name: script.dataset.wasm });
    worker.onmessage = ({ data }) => hear(JSON.parse(data));
    worker.onerror = () => box.replaceChildren();
  };

  const hear = (answer) => {
    if (answer === "ready") {
      waiting.ready = true;
      const { orgUnit, year } = script.dataset;
      const lang = document.documentElement.lang.slice(0, 2);
      worker.postMessage(JSON.stringify({ open: { org_unit: orgUnit, year: Number(year), lang } }));
      for (const [message, transfer] of waiting.splice(0)) worker.postMessage(message, transfer);
    } else if (answer.previewed?.number === last) show(answer.previewed.preview);
    else if (answer === "unable") box.replaceChildren();
  };

  const show = (preview) => {
    box.replaceChildren();
    if (!preview) return;
    const summary = document.createElement("p");
    summary.textContent = preview.summary;
    const list = document.createElement("ul");
    for (const { cell, message, is_error } of preview.issues) {
      const line = document.createElement("li");
      const place = document.createElement("b");
      line.className = is_error ? "error" : "warning";
      place.textContent = cell;
      line.append(place, ` ${message}`);
      list.append(line);
    }
    if (preview.rest) {
      const rest = document.createElement("li");
      rest.textContent = preview.rest;
      list.append(rest);
    }
    box.append(summary, ...(list.childNodes.length > 0 ? [list] : []));
  };

  const look = async (file) => {
    last += 1;
    box.replaceChildren();
    if (!file || !TEXTS.test(file.name) || file.size > MOST) return;
    start();
    const number = last;
    const bytes = await file.arrayBuffer();
    say({ number, bytes }, [bytes]);
  };

  // While somebody looks for their file, or drags it here, the program is fetched.
  form.elements.file.addEventListener("click", start);
  addEventListener("dragenter", start, { once: true });
  form.elements.file.addEventListener("change", () => look(form.elements.file.files[0]));
  // Before the script of the desk hears of it, which sends what is dropped at once: a text waits for its preview to be read.
  document.addEventListener(
    "drop",
    (event) => {
      const { files } = event.dataTransfer ?? {};
      if (files?.length !== 1 || !TEXTS.test(files[0].name)) return;
      event.preventDefault();
      event.stopPropagation();
      form.classList.remove("over");
      form.elements.file.files = files;
      look(files[0]);
    },
    true,
  );
}
