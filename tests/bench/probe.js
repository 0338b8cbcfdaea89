// Put into every page, ours and the peers', before its own scripts: notes when the first chart is visible and, on our
// pages, when the app answers to the reader.
//
// A chart is visible when an <svg> or <canvas> of at least 20 by 20 pixels lies in the window with something drawn in it (an
// svg: a shape with an extent; a canvas: a pixel that is not transparent), and the frame in which that was so has been
// handed over for painting. It is the same code for all pages, so what it costs it costs all of them.

(() => {
  const times = (globalThis.benchTimes = {});
  const sample = Object.assign(document.createElement("canvas"), { width: 16, height: 16 }).getContext("2d", { willReadFrequently: true });

  const isDrawn = (element) => {
    const box = element.getBoundingClientRect();
    if (box.width < 20 || box.height < 20 || box.bottom <= 0 || box.top >= innerHeight) return false;
    if (element instanceof SVGElement) {
      return [...element.querySelectorAll("path, rect, line, polyline, polygon, circle")].some((mark) => {
        const extent = mark.getBoundingClientRect();
        return extent.width + extent.height > 0;
      });
    }
    sample.clearRect(0, 0, 16, 16);
    sample.drawImage(element, 0, 0, 16, 16);
    return sample.getImageData(0, 0, 16, 16).data.some((byte) => byte > 0);
  };

  // A task of the highest priority that was posted in a frame runs when that frame has been laid out and painted, and before
  // whatever else waits: a message would stand in line behind the rest of the page, and tell when that was done.
  const note = (name) => {
    times[name] = null;
    scheduler.postTask(() => (times[name] = performance.now()), { priority: "user-blocking" });
  };

  // The app has started, a chart is there, and a tip answers to the pointer where the chart has marks.
  const answers = () => {
    const app = document.getElementById("app");
    if (document.documentElement.dataset.app !== "started" || !app) return false;
    if (![...app.querySelectorAll("main svg")].some(isDrawn)) return false;
    const mark = [...app.querySelectorAll(".plot .hit")].find((element) => element.getBoundingClientRect().width > 0);
    if (!mark || document.querySelector(".tip")) return true;
    const box = mark.getBoundingClientRect();
    const at = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, bubbles: true };
    mark.dispatchEvent(new PointerEvent("pointermove", at));
    return false;
  };

  const onFrame = () => {
    if (!("visible" in times)) {
      if ([...document.querySelectorAll("svg, canvas")].some(isDrawn)) note("visible");
    }
    if (!("interactive" in times) && answers()) note("interactive");
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
})();
