// What moves at the desk: a file can be dropped anywhere on the page, and its upload shows how far it is. Without this
// script the same form is sent by the browser alone.

const MOST = 20 * 1024 * 1024;

const upload = document.querySelector("form.upload");

function say(form, words) {
  form.querySelector(".said").textContent = words;
}

function end(form, words) {
  form.querySelector("progress").hidden = true;
  form.querySelector("button").disabled = false;
  say(form, words);
}

function send(form) {
  const file = form.elements.file.files[0];
  if (!file) return;
  if (file.size > MOST) {
    say(form, form.dataset.large);
    return;
  }
  const bar = form.querySelector("progress");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
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
  };
  request.onload = () => arrive(request);
  request.onerror = () => end(form, form.dataset.lost);
  bar.value = 0;
  bar.hidden = false;
  form.querySelector("button").disabled = true;
  say(form, `${form.dataset.sending} ${file.name}`);
  request.send(new FormData(form));
}

/** A request follows the server to the page of the report; the browser goes there too. What was refused is shown here. */
function arrive(request) {
  const isRefused = request.status >= 400;
  if (!isRefused) {
    location.assign(request.responseURL);
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  end(upload, answer.querySelector(".notice")?.textContent ?? upload.dataset.lost);
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
    upload.elements.file.files = event.dataTransfer.files;
    send(upload);
  });
}
