// ECharts on a server: how many pictures a second one core makes of a scene, by each way to get one.
//
//   node echarts.mjs SCENE.json FOLDER-OF-FONTS MILLISECONDS [FOLDER-FOR-PICTURES]     prints JSON: {way: {kind, rate, bytes}}
//
// A picture begins with the option and ends with the finished file, as in a server that answers a request for one. What may
// be kept between pictures is: the library, the fonts, and whatever it caches of them.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import canvas from "@napi-rs/canvas";
import { Resvg } from "@resvg/resvg-js";
import * as echarts from "echarts";
import sharp from "sharp";
import { cut, HEIGHT, usual, WIDTH } from "./option.mjs";

const [scene, fonts, milliseconds, output] = process.argv.slice(2);
const shown = JSON.parse(readFileSync(scene, "utf8"));
const marks = cut(shown);
const files = ["Regular", "Bold"].map((weight) => join(fonts, `NotoSansCJKsc-${weight}.otf`));
for (const file of files) canvas.GlobalFonts.registerFromPath(file);
sharp.concurrency(1);

function svg(option = marks) {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: HEIGHT });
  chart.setOption(option);
  const drawn = chart.renderToSVGString();
  chart.dispose();
  return drawn;
}

function onCanvas(finish) {
  const paper = canvas.createCanvas(WIDTH, HEIGHT);
  const chart = echarts.init(paper, null, { width: WIDTH, height: HEIGHT });
  chart.setOption(marks);
  const file = finish(paper);
  chart.dispose();
  return file;
}

const font = { fontFiles: files, loadSystemFonts: false, defaultFontFamily: "Noto Sans CJK SC" };
const raw = { raw: { width: WIDTH, height: HEIGHT, channels: 4 } };

/** The two SVGs; and of the smaller, so of the faster, every way to a PNG that npm has ready to run; `level 1` is the lightest compression that sharp has. */
const WAYS = {
  "SVG, as usual": () => svg(usual(shown)),
  "SVG, cut to our marks": () => svg(),
  "@napi-rs/canvas": () => onCanvas((paper) => paper.encodeSync("png")),
  "@napi-rs/canvas, sharp level 1": () => onCanvas((paper) => sharp(paper.data(), raw).png({ compressionLevel: 1 }).toBuffer()),
  "its SVG by @resvg/resvg-js": () => new Resvg(svg(), { font }).render().asPng(),
  "its SVG by sharp": () => sharp(Buffer.from(svg())).png().toBuffer(),
  "its SVG by sharp, level 1": () => sharp(Buffer.from(svg())).png({ compressionLevel: 1 }).toBuffer(),
};

const kindOf = (way) => (way.startsWith("SVG, ") ? "svg" : "png");

const found = {};
for (const [way, draw] of Object.entries(WAYS)) {
  const file = await draw();
  if (output) writeFileSync(join(output, `echarts ${way.replace(/\W+/g, " ")}.${kindOf(way)}`), file);
  // What a compiler makes of the code after some time is what a server runs.
  await repeated(draw, milliseconds / 2);
  found[way] = { kind: kindOf(way), rate: await repeated(draw, milliseconds), bytes: Buffer.byteLength(file) };
}
console.log(JSON.stringify(found));

async function repeated(draw, milliseconds) {
  const begun = performance.now();
  let pictures = 0;
  while (performance.now() - begun < milliseconds) {
    await draw();
    pictures++;
  }
  return (pictures * 1000) / (performance.now() - begun);
}
