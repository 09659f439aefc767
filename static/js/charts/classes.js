// How many schools lie in each class of an indicator, with a line at each value of the table's foot.
// A row's label begins where its class does; the last class is open. Cells of a row: schools, share.

import { token } from "./theme.js";

const OVERHEAD = 18; // pixels for the name of a line

export function classes({ columns, rows, marks }) {
  const starts = rows.map((row) => Number.parseInt(row.label.replace(/^\D*/, ""), 10));
  const width = starts[1] - starts[0];
  const end = starts.at(-1) + width;
  const schools = {
    type: "bar",
    name: columns[1],
    x: starts.map((start) => start + width / 2),
    y: rows.map((row) => row.numbers[0]),
    width: width * 0.94,
    customdata: rows.map((row) => [`${row.label}: ${row.texts[0]} (${row.texts[1]})`, row.url]),
    hovertemplate: "%{customdata[0]}<extra></extra>",
    text: rows.map((row) => (row.numbers[0] ? row.texts[0] : "")),
    textposition: "outside",
    textangle: 0,
    textfont: { color: token("ink"), size: 12 },
    cliponaxis: false,
    marker: { color: rows.map((row) => token(row.state === "own" ? "c2" : "c1")) },
  };
  const lines = marks.filter((mark) => mark.numbers[0] !== null);
  const at = (mark) => Math.min(mark.numbers[0], end);
  return {
    data: [schools],
    layout: {
      height: 320,
      bargap: 0,
      margin: { t: 30 + OVERHEAD * lines.length, r: 16 },
      shapes: lines.map((mark, index) => ({
        type: "line", x0: at(mark), x1: at(mark), yref: "paper", y0: 0, y1: 1.06 + 0.07 * index,
        line: { color: token("ink"), width: 2, dash: index ? "dash" : "dot" },
      })),
      annotations: lines.map((mark, index) => ({
        x: at(mark), yref: "paper", y: 1.06 + 0.07 * index, yanchor: "middle",
        xanchor: at(mark) > end / 2 ? "right" : "left", xshift: at(mark) > end / 2 ? -4 : 4,
        text: `${mark.label}: ${mark.texts[0]}`, showarrow: false, font: { color: token("ink"), size: 12 },
      })),
      xaxis: { type: "linear", range: [0, end], ticksuffix: "%", tickangle: 0, dtick: 2 * width, showgrid: false },
      yaxis: { type: "linear", rangemode: "tozero", nticks: 5, title: { text: columns[1] } },
    },
  };
}
