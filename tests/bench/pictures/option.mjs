// The chart of a scene as options of ECharts, with the words and the fonts of ours: once as it draws a line by default, with
// a symbol at each figure, a legend and its description for screen readers, which ours has, too; and once cut to the marks of
// ours, with a name at the end of each line. Neither is animated.

/** What our own SVG names, so that a Chinese desktop shows it as well as ours. */
const FAMILY = "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',Arial,sans-serif";

export const [WIDTH, HEIGHT] = [800, 450];

export function usual(scene) {
  const cutDown = cut(scene);
  const lines = cutDown.series.map(({ type, name, data, endLabel }) => ({ type, name, data, endLabel }));
  return { ...cutDown, aria: { enabled: true }, legend: { bottom: 36 }, grid: { ...cutDown.grid, bottom: 90 }, series: lines };
}

export function cut({ title, subtitle, foot, years, series }) {
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
