// One indicator over the periods, with what is asked of it in each year: the path of its targets.
// Cells of a row: value, target.

import { token } from "./labels.js";

function line(rows, index, { name, colour, ...more }) {
  return {
    type: "scatter",
    mode: "lines+markers",
    name,
    x: rows.map((row) => row.label),
    y: rows.map((row) => row.numbers[index]),
    customdata: rows.map((row) => [row.texts[index], row.url]),
    hovertemplate: "%{x}: %{customdata[0]}<extra>%{fullData.name}</extra>",
    ...more,
    line: { color: colour, width: 2.5, ...more.line },
    marker: { color: colour, size: 9, ...more.marker },
  };
}

export function trend({ columns, rows }) {
  const isShare = rows.some((row) => row.texts.some((text) => text.endsWith("%")));
  const known = rows.filter((row) => row.numbers[0] !== null);
  const path = line(rows, 1, {
    name: columns[2], colour: token("ink"), line: { dash: "dot", width: 2 }, marker: { symbol: "line-ew-open", size: 16 },
  });
  const values = line(rows, 0, { name: columns[1], colour: token("c1") });
  const annotations = known.map((row) => ({
    x: row.label, y: row.numbers[0], text: row.texts[0], showarrow: false, yshift: 16, font: { color: token("ink") },
  }));
  return {
    // A gap in the line is a period without figure.
    data: rows.some((row) => row.numbers[1] !== null) ? [path, values] : [values],
    layout: {
      height: 320,
      margin: { l: 56, t: 40, r: 24 },
      showlegend: true,
      annotations,
      xaxis: { type: "category", range: [-0.4, rows.length - 0.6] },
      yaxis: { type: "linear", rangemode: "tozero", ticksuffix: isShare ? "%" : "", nticks: 6 },
    },
  };
}
