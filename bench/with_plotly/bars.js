// Values as bars, one a row: indicators against their targets (a mark each), or units against one
// target (a line for all). Cells of a row: value, target, state in words.

import { lettersFor, token, widthOf, wrapped } from "./labels.js";

const [ROW, FRAME, VALUES] = [34, 52, 60]; // pixels

const labelFor = (width) => (row) => wrapped(row.label, lettersFor(width));

function colourOf({ state }) {
  return token({ met: "c1", missed: "c2" }[state] ?? "c6");
}

function values(rows, columns, label) {
  return {
    type: "bar",
    orientation: "h",
    name: columns[1],
    x: rows.map((row) => row.numbers[0]),
    y: rows.map(label),
    customdata: rows.map((row) => [row.texts[2] ? `${row.texts[0]} (${row.texts[2]})` : row.texts[0], row.url]),
    hovertemplate: "%{y}: %{customdata[0]}<extra></extra>",
    marker: { color: rows.map(colourOf) },
  };
}

/** The values in a column right of the drawing, where no bar and no target mark runs into them. */
function column(rows, label) {
  const place = { xref: "paper", x: 1, xanchor: "right", xshift: VALUES, yref: "y", showarrow: false };
  return rows.map((row) => ({ ...place, y: label(row), text: row.texts[0], font: { color: token("ink") } }));
}

function layout(rows, label) {
  return {
    height: FRAME + ROW * rows.length,
    margin: { l: widthOf(rows.map(label), token("f")) + 10, r: VALUES + 4 },
    annotations: column(rows, label),
    xaxis: { type: "linear", rangemode: "tozero", ticksuffix: "%", tickangle: 0, nticks: 4 },
    // The first row stands on top, as in the table.
    yaxis: { type: "category", autorange: "reversed" },
  };
}

/** Indicators, each with a mark at its own target. */
export function bullets({ columns, rows }, width) {
  const label = labelFor(width);
  const marked = rows.filter((row) => row.numbers[1] !== null);
  const goals = {
    type: "scatter",
    mode: "markers",
    name: columns[2],
    x: marked.map((row) => row.numbers[1]),
    y: marked.map(label),
    customdata: marked.map((row) => [row.texts[1], row.url]),
    hovertemplate: `%{customdata[0]}<extra>${columns[2]}</extra>`,
    marker: { symbol: "line-ns-open", size: 20, color: token("ink"), line: { width: 2, color: token("ink") } },
  };
  return { data: [values(rows, columns, label), goals], layout: layout(rows, label) };
}

/** Units, with a line at the target that all of them have. */
export function bars({ columns, rows }, width) {
  const label = labelFor(width);
  const goal = rows.map((row) => row.numbers[1]).find((number) => number !== null);
  const line = { type: "line", x0: goal, x1: goal, yref: "paper", y0: 0, y1: 1 };
  const shapes = goal === undefined ? [] : [{ ...line, line: { color: token("ink"), width: 2, dash: "dot" } }];
  return { data: [values(rows, columns, label)], layout: { ...layout(rows, label), shapes } };
}
