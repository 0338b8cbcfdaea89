// uPlot, the smallest and fastest of the libraries in wide use. It has no horizontal bars, so its bars stand.
import uPlot from "uplot";
import { drawCharts } from "./charts.js";

const COLOURS = ["#848FA0", "#B3261E"];

drawCharts((element, { kind, box, title, labels, series, bare }) => {
  const isBars = kind === "bars";
  const places = isBars ? labels.map((_, at) => at) : labels;
  const axes = [{ values: (_, at) => (isBars ? at.map((place) => labels[place] ?? "") : at) }, {}];
  const width = series.length > 1 ? 0.4 : 0.6;
  const drawn = series.map((_, at) => ({
    stroke: COLOURS[at],
    fill: isBars ? COLOURS[at] : undefined,
    paths: isBars ? uPlot.paths.bars({ size: [width], align: series.length > 1 ? 1 - 2 * at : 0 }) : undefined,
  }));
  const options = {
    width: box[0],
    height: box[1],
    title: bare ? undefined : title,
    scales: { x: { time: false } },
    axes: bare ? axes.map(() => ({ show: false })) : axes,
    legend: { show: !bare },
    series: [{}, ...drawn],
  };
  new uPlot(options, [places, ...series], element);
});
