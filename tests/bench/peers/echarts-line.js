// ECharts for a page with one line and nothing else: no part that a line does not use.
import { LineChart } from "echarts/charts";
import { GridComponent, TitleComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { drawCharts } from "./charts.js";
import { options } from "./echarts-options.js";

use([LineChart, GridComponent, TitleComponent, TooltipComponent, CanvasRenderer]);
drawCharts((element, chart) => init(element).setOption(options(chart)));
