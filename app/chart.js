// The page of a chart: the dialog from which it is embedded. Without this script the same form stands in the page, and every
// choice is a page of its own.

const dialog = document.getElementById("embed");
const opener = document.querySelector(".open-embed");
const form = dialog.querySelector("form");

// Taken from the flow of the page, so that it can be opened above it.
dialog.removeAttribute("open");
opener.hidden = false;

const open = () => {
  if (!dialog.open) dialog.showModal();
};
opener.addEventListener("click", open);
dialog.querySelector(".close").hidden = false;
dialog.querySelector(".close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
dialog.addEventListener("close", () => opener.focus());
if (location.hash === "#embed") open();
addEventListener("hashchange", () => location.hash === "#embed" && open());

/** The address of the page with what the form says; an empty field is not written. */
function address() {
  const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
  return `${new URL(form.action).pathname}?${new URLSearchParams(pairs)}`;
}

let asked = 0;
/** Puts the pieces for another choice in place of these. */
async function refresh(href) {
  const mine = ++asked;
  const answer = await fetch(href).catch(() => null);
  if (!answer || !answer.ok || mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  dialog.querySelector(".made").replaceWith(page.querySelector("#embed .made"));
  history.replaceState(null, "", `${href}#embed`);
}
form.querySelector("button").hidden = true;
form.addEventListener("change", () => form.reportValidity() && refresh(address()));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  refresh(address());
});

/** Intranets without https have no clipboard; there the browser's old command copies what is selected. */
async function copy(area) {
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

dialog.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const is_copied = await copy(document.getElementById(button.dataset.copy));
  const words = button.textContent;
  button.textContent = is_copied ? dialog.dataset.copied : dialog.dataset.select;
  setTimeout(() => (button.textContent = words), 2000);
});

/** Saves the chart under a short address and shows it there. */
dialog.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-save]");
  if (!button) return;
  button.disabled = true;
  const pinned = button.dataset.pinned === "true";
  const answer = await fetch("/api/v1/charts", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ address: button.dataset.save, pinned }),
  }).catch(() => null);
  const body = answer && (await answer.json().catch(() => null));
  if (answer && answer.ok) {
    const look = new URLSearchParams([...new FormData(form)].filter(([key, value]) => value && ["width", "theme"].includes(key)));
    location.assign(`${body.href}?${look}#embed`);
    return;
  }
  button.disabled = false;
  dialog.querySelector(".said").textContent = (body && body.error.message) || dialog.dataset.failed;
});
