// What moves at the desk: a file can be dropped anywhere on the page, and its upload shows how far it is. Without this
// script the same form is sent by the browser alone.

/** How often the server is asked how far the checking is, in milliseconds. */
const ASK_EVERY = 500;

const upload = document.querySelector("form.upload");

function say(form, words) {
  form.querySelector(".said").textContent = words;
}

function end(form, words) {
  form.querySelector("progress").hidden = true;
  form.querySelector("button").disabled = false;
  say(form, words);
}

/** `20.1 MB`: rounded up, so that what is too large never seems to be as large as allowed. */
const size = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${Math.ceil(bytes / 104857.6) / 10} MB`);

/** A name for an upload, by which its sender asks after it. */
function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function send(form) {
  const file = form.elements.file.files[0];
  if (!file || form.querySelector("button").disabled) return;
  if (file.size > Number(form.dataset.limit)) {
    say(form, form.dataset.large.replace("{}", size(file.size)));
    return;
  }
  const bar = form.querySelector("progress");
  const request = new XMLHttpRequest();
  const name = newName();
  let asking;
  request.open("POST", form.action);
  request.setRequestHeader("X-Upload", name);
  request.upload.onprogress = (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.floor((event.loaded / event.total) * 100);
    bar.value = percent;
    // Words every ten per cent: each is read aloud.
    if (percent % 10 === 0) say(form, percent < 100 ? `${form.dataset.sending} ${percent}%` : form.dataset.checking);
  };
  request.upload.onload = () => {
    bar.removeAttribute("value");
    say(form, form.dataset.checking);
    asking = setInterval(() => follow(form, name), ASK_EVERY);
  };
  request.onload = () => arrive(form, request);
  request.onerror = () => end(form, form.dataset.lost);
  request.onloadend = () => clearInterval(asking);
  bar.value = 0;
  bar.hidden = false;
  form.querySelector("button").disabled = true;
  say(form, `${form.dataset.sending} ${file.name}`);
  request.send(new FormData(form));
}

/** Asks how many rows were checked. Where that fails the words stay as they are: the answer itself is still to come. */
async function follow(form, name) {
  try {
    const answer = await fetch(`/api/v1/uploads/${name}`);
    const { rows, is_read: isRead } = answer.status === 200 ? await answer.json() : { rows: 0 };
    if (rows > 0 && form.querySelector("button").disabled) {
      say(form, (isRead ? form.dataset.comparing : form.dataset.rows).replace("{}", rows.toLocaleString("en")));
    }
  } catch {
    // The next time, or never.
  }
}

/** A request follows the server to the page of the report; the browser goes there too. What was refused is shown here. */
function arrive(form, request) {
  const isRefused = request.status >= 400;
  if (!isRefused) {
    location.assign(request.responseURL);
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  end(form, answer.querySelector(".notice")?.textContent ?? form.dataset.lost);
}

function holdsFile(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

if (upload) {
  upload.addEventListener("submit", (event) => {
    event.preventDefault();
    send(upload);
  });
  addEventListener("dragover", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    upload.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) upload.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    upload.classList.remove("over");
    if (upload.querySelector("button").disabled) return;
    upload.elements.file.files = event.dataTransfer.files;
    send(upload);
  });
}
