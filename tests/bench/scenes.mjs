// What is compared: a page of ours, and the charts that the peers' pages draw instead, from the answer of our own API.

/** Twelve counties, ten years and all indicators: enough for a line, a ranking and a unit with neighbours. */
export const COUNTRY = ["--org-units", "12", "--indicators", "50", "--years", "10", "--seed", "1"];

/** The same with six indicators, so that the page of a county has six lines. */
export const SIX = ["--org-units", "12", "--indicators", "6", "--years", "10", "--seed", "1"];

/**
 * `path` is our page and `query` what the peers ask our API for, which is what our page shows and one request. `charts` is
 * how many charts both draw. The peers' charts have the sizes of ours, and where ours has no axes theirs has none: each
 * difference left is in their favour, since they draw neither words, table nor source.
 */
export const SCENES = [
  {
    name: "overview",
    title: "The first page: what Yucheng reported; two charts of bars",
    path: "/",
    query: "org-unit=371482",
    charts: 2,
  },
  {
    name: "indicator",
    title: "One indicator: a line of ten years and a ranking of twelve counties",
    synthetic: COUNTRY,
    path: "/indicators/taxpaying_firms?org-unit=S010101",
    query: "indicator=taxpaying_firms",
    charts: 2,
  },
  {
    name: "six",
    title: "One county: six charts, each a small line of ten years",
    synthetic: SIX,
    path: "/org-units/S010101",
    query: "org-unit=S010101",
    charts: 6,
  },
];

/**
 * The two networks and processors. The browser holds each answer back by the round trip and the bandwidth; it emulates
 * neither the opening of connections nor slow start, for none of the pages. Only the main thread is slowed down.
 */
export const PROFILES = [
  { name: "10 Mbit/s, 40 ms", bits: 10e6, roundTrip: 40, slowdown: 1 },
  { name: "1.6 Mbit/s, 150 ms, 4x slower CPU", bits: 1.6e6, roundTrip: 150, slowdown: 4 },
];
