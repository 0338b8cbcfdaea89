// The charts of a scene as every peer draws them: {box: [width, height], title, kind, labels, series}. A peer only has to
// hand them to its library. Runs in the browser, as the code of a hand-made page would.

/** Hands each chart with an element of its size to `draw`. */
export async function drawCharts(draw) {
  for (const chart of await charts()) {
    const element = document.body.appendChild(document.createElement("div"));
    element.style.width = `${chart.box[0]}px`;
    element.style.height = `${chart.box[1]}px`;
    draw(element, chart);
  }
}

/** The charts from the observations that the page asks for, or those that stand in the page, which spares it a request. */
async function charts() {
  const { scene, query, charts } = document.body.dataset;
  if (charts) return JSON.parse(charts);
  const answer = await fetch(`/api/v1/observations?${query}`);
  return SCENES[scene](await answer.json());
}

const SCENES = {
  overview: (data) => [fromTo(data), occasions(data)],
  indicator: (data) => [overTime(data, [600, 313], "S010101"), ranking(data)],
  six: (data) => data.indicators.map((indicator) => ({ ...overTime(data, [120, 32], "S010101", indicator.code), bare: true })),
};

const names = (list) => Object.fromEntries(list.map((entry) => [entry.code, entry.name.zh]));
const number = (observation) => (observation?.value == null ? null : Number(observation.value));
const year = ({ period }) => period.year ?? Number(period.end.slice(0, 4));

function overTime(data, box, unit, indicator = data.indicators[0].code) {
  const mine = data.observations.filter((o) => o.org_unit === unit && o.indicator === indicator);
  const byYear = new Map(mine.map((o) => [year(o), number(o)]));
  const first = Math.min(...byYear.keys());
  const years = Array.from({ length: Math.max(...byYear.keys()) - first + 1 }, (_, at) => first + at);
  const values = years.map((at) => byYear.get(at) ?? null);
  return { kind: "line", box, title: names(data.indicators)[indicator], labels: years, series: [values] };
}

function ranking(data) {
  const units = names(data.org_units);
  const last = Math.max(...data.observations.map(year));
  const ranked = data.observations.filter((o) => year(o) === last && o.value != null).sort((a, b) => number(b) - number(a));
  const labels = ranked.map((o) => units[o.org_unit]);
  return { kind: "bars", box: [320, 422], title: `${last}`, labels, series: [ranked.map(number)] };
}

function fromTo(data) {
  const indicators = names(data.indicators);
  const opening = data.observations.filter((o) => o.period.years_before > 0);
  const closing = (from) => data.observations.find((o) => o.indicator === from.indicator && !o.period.years_before);
  const series = [opening.map(number), opening.map((from) => number(closing(from)))];
  return { kind: "bars", box: [600, 188], title: "5 年前 → 2022", labels: opening.map((o) => indicators[o.indicator]), series };
}

function occasions(data) {
  const indicators = names(data.indicators);
  const counted = data.indicators.filter((indicator) => data.units.find((unit) => unit.code === indicator.unit).dimension === "occasion");
  const mine = data.observations.filter((o) => counted.some((indicator) => indicator.code === o.indicator));
  return { kind: "bars", box: [320, 238], title: "2022", labels: mine.map((o) => indicators[o.indicator]), series: [mine.map(number)] };
}
