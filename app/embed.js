// What moves in an embed: the figure under the pointer or the arrow keys in words, and its height told to the page around
// it. Without this script the embed is complete. It stands in every embed as it is written here, so it is short and needs
// no newer browser than Chromium 86.
//
// It begins after the first frame: to measure before it would make the chart wait. A frame that is far below gets none for a
// while, so that it begins after a moment anyway.
let begun = false;
const begin = () => {
  if (!begun) start();
  begun = true;
};
requestAnimationFrame(() => setTimeout(begin));
setTimeout(begin, 400);

function start() {
  const figure = document.querySelector("figure");
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("role", "status");
  tip.hidden = true;
  document.body.append(tip);

  let on;
  const hide = () => {
    if (on) on.classList.remove("on");
    on = null;
    tip.hidden = true;
  };

  /** Says what the row of a mark says, beside the mark. */
  const show = (hit) => {
    const row = document.getElementById(`${figure.id}-r${hit.dataset.row}`);
    if (!row || hit === on) return;
    hide();
    on = hit;
    hit.classList.add("on");
    tip.textContent = "";
    [...row.cells].forEach((cell, at) => {
      const line = document.createElement(at ? "span" : "b");
      line.textContent = [...cell.childNodes].map((part) => part.textContent).join(" ");
      tip.append(line);
    });
    tip.hidden = false;
    const mark = hit.getBoundingClientRect();
    const left = mark.left + (mark.width - tip.offsetWidth) / 2;
    const above = mark.top - tip.offsetHeight - 6;
    tip.style.left = `${Math.max(0, Math.min(left, innerWidth - tip.offsetWidth))}px`;
    tip.style.top = `${Math.max(0, above < 0 ? Math.min(mark.bottom + 6, innerHeight - tip.offsetHeight) : above)}px`;
  };

  document.querySelectorAll(".plot").forEach((plot) => {
    const hits = [...plot.querySelectorAll(".hit")];
    const far = (hit, event) => {
      const box = hit.getBoundingClientRect();
      const out = (low, at, high) => Math.max(low - at, 0, at - high);
      return out(box.left, event.clientX, box.right) + out(box.top, event.clientY, box.bottom);
    };
    const point = (event) => {
      const near = hits.reduce((best, hit) => (!best || far(hit, event) < far(best, event) ? hit : best), null);
      if (near && far(near, event) < 40) show(near);
      else hide();
    };
    plot.addEventListener("pointermove", point);
    plot.addEventListener("pointerdown", point);
    plot.addEventListener("pointerleave", hide);
    plot.addEventListener("blur", hide);
    plot.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") hide();
      if (!step || !hits.length) return;
      event.preventDefault();
      const at = hits.indexOf(on);
      show(hits[at < 0 ? (step > 0 ? 0 : hits.length - 1) : Math.max(0, Math.min(hits.length - 1, at + step))]);
    });
  });

  const tell = () => {
    figure.style.height = "auto";
    const height = Math.ceil(figure.getBoundingClientRect().height);
    figure.style.height = "";
    parent.postMessage({ type: "federation-chart", height }, "*");
  };
  if (parent !== window) {
    // A page whose script comes later than this one asks again.
    addEventListener("message", ({ data }) => data && data.type === "federation-chart" && tell());
    addEventListener("resize", tell);
    document.querySelectorAll("details").forEach((details) => details.addEventListener("toggle", tell));
    tell();
  }
}
