// A chart as options of ECharts, the same for the whole library and for the one cut to the parts used. Animation is off:
// it would only delay the picture.

export function options({ kind, title, labels, series, bare }) {
  const categories = { type: "category", data: labels, show: !bare };
  const values = { type: "value", show: !bare, scale: Boolean(bare) };
  const isBars = kind === "bars";
  return {
    animation: false,
    title: bare ? undefined : { text: title },
    grid: bare ? { left: 4, right: 4, top: 4, bottom: 4 } : { containLabel: true, left: 8, right: 40, top: 40, bottom: 8 },
    tooltip: { trigger: "axis" },
    xAxis: isBars ? values : categories,
    yAxis: isBars ? { ...categories, inverse: true } : values,
    series: series.map((data) => ({ type: isBars ? "bar" : "line", data, label: { show: isBars, position: "right" } })),
  };
}
