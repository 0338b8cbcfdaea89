// <federation-chart>: an embed whose height follows what it shows, in a page that lets this script run. Where it may not
// run, the frame inside the element is what a reader sees, with the height that was written down for it.
//
//   <script src="https://…/embed.js" async></script>
//   <federation-chart src="https://…/embed/line?…"><iframe src="…" …></iframe></federation-chart>
(() => {
  const NAME = "federation-chart";
  if (!window.customElements || customElements.get(NAME)) return;

  /** The frame of an element; made where a page has written none. */
  const frameOf = (element) => {
    let frame = element.querySelector("iframe");
    const src = element.getAttribute("src");
    if (!frame && src) {
      frame = document.createElement("iframe");
      frame.src = src;
      frame.title = element.getAttribute("title") || "";
      frame.width = "100%";
      frame.height = element.getAttribute("height") || "400";
      frame.setAttribute("frameborder", "0");
      element.append(frame);
    }
    if (!frame) return;
    // The frame may have told its height before anybody listened here.
    const ask = () => frame.contentWindow.postMessage({ type: NAME }, "*");
    frame.addEventListener("load", ask);
    ask();
  };

  customElements.define(
    NAME,
    class extends HTMLElement {
      connectedCallback() {
        // The frame that the page has written may not have been read yet.
        if (document.readyState === "loading") addEventListener("DOMContentLoaded", () => frameOf(this));
        else frameOf(this);
      }
    },
  );

  addEventListener("message", ({ data, source, origin }) => {
    if (!data || data.type !== NAME || !(data.height > 0)) return;
    for (const element of document.querySelectorAll(NAME)) {
      const frame = element.querySelector("iframe");
      if (frame && frame.contentWindow === source && new URL(frame.src).origin === origin) {
        frame.height = String(Math.min(Math.ceil(data.height), 4000));
      }
    }
  });
})();
