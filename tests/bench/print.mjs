// Numbers and tables in plain text.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Thousands of bytes. */
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;

/** How far the runs were apart, so that a reader sees what a difference is worth: the least and the greatest. */
export const spread = (values) => `${seconds(Math.min(...values))}–${seconds(Math.max(...values))}`;

/** Prints rows of cells in columns; the first column stands left, the others right. */
export function table(rows) {
  const width = (column) => Math.max(...rows.map((row) => (row[column] ?? "").length));
  const widths = rows[0].map((_, column) => width(column));
  const cell = (text = "", column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]));
  for (const row of rows) console.log(`  ${row.map(cell).join("  ")}`.trimEnd());
}

/** Prints a target beside its figure. */
export function target(words, figure, isMet) {
  console.log(`  target: ${words}: ${figure}: ${isMet ? "met" : "NOT MET"}`);
}
