// The page that most people make: the whole of ECharts, as published, and a few lines.
import { drawCharts } from "./charts.js";
import { options } from "./echarts-options.js";

drawCharts((element, chart) => globalThis.echarts.init(element).setOption(options(chart)));
