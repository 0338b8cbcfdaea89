// The chart of a scene as an option of ECharts: the words, the fonts and the marks of ours and no more. A dot only at the
// end of a line, its name beside it instead of a legend, no tooltip, no animation.

/** What our own SVG names, so that a Chinese desktop shows it as well as ours. */
const FAMILY = "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',Arial,sans-serif";

export const [WIDTH, HEIGHT] = [800, 450];

export function option({ title, subtitle, foot, years, series }) {
  const words = (text, place) => ({ type: "text", ...place, style: { text, fontSize: 12, fill: "#5F6774", fontFamily: FAMILY } });
  const lines = series.map(({ name, values }) => ({
    type: "line",
    name,
    data: values,
    showSymbol: false,
    endLabel: { show: true, formatter: "{a} {c}" },
  }));
  return {
    animation: false,
    backgroundColor: "#FFFFFF",
    textStyle: { fontFamily: FAMILY },
    title: { text: title, subtext: subtitle },
    grid: { left: 60, right: 120, top: 80, bottom: 60 },
    xAxis: { type: "category", data: years, boundaryGap: false },
    yAxis: { type: "value" },
    graphic: [words(foot[0], { left: 20, bottom: 14 }), words(foot[1], { right: 20, bottom: 14 })],
    series: lines,
  };
}
