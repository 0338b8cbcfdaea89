// ECharts as its handbook advises for small pages: only the parts used, the rest shaken off by the bundler.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, TitleComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { drawCharts } from "./charts.js";
import { options } from "./echarts-options.js";

use([BarChart, LineChart, GridComponent, TitleComponent, TooltipComponent, CanvasRenderer]);
drawCharts((element, chart) => init(element).setOption(options(chart)));
