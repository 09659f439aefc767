// How many schools lie in each class of an indicator, with a line at each value of the table's foot.
// A row's label begins where its class does; the last class is open. Cells of a row: schools, share.

import { token, wrapped } from "./labels.js";

// Pixels: a line of a name over the picture, a letter of it, the picture itself, what is beside it.
const [LINE, LETTER, HEIGHT, SIDES] = [16, 7, 220, 84];

export function classes({ columns, rows, marks }, pixels) {
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
  const known = marks.filter((mark) => mark.numbers[0] !== null);
  const at = (mark) => Math.min(mark.numbers[0], end);
  const isRight = (mark) => at(mark) > end / 2;
  // A name is written on the wider side of its line, on as many lines as it needs there.
  const room = (mark) => ((isRight(mark) ? at(mark) : end - at(mark)) / end) * (pixels - SIDES);
  const names = known.map((mark) => wrapped(`${mark.label}: ${mark.texts[0]}`, Math.floor(room(mark) / LETTER)));
  // Each name stands above the one before it, so that none is written over another.
  const tops = names.reduce((done, name) => [...done, (done.at(-1) ?? 18) + LINE * name.split("<br>").length], []);
  return {
    data: [schools],
    layout: {
      height: HEIGHT + 30 + (tops.at(-1) ?? 0) + LINE,
      bargap: 0,
      margin: { l: 64, r: 16, t: (tops.at(-1) ?? 0) + LINE },
      shapes: known.map((mark, index) => ({
        type: "line", x0: at(mark), x1: at(mark), yref: "paper", y0: 0, y1: 1 + tops[index] / HEIGHT,
        line: { color: token("ink"), width: 2, dash: index ? "dash" : "dot" },
      })),
      annotations: known.map((mark, index) => ({
        x: at(mark), yref: "paper", y: 1 + tops[index] / HEIGHT, yanchor: "top",
        xanchor: isRight(mark) ? "right" : "left", align: isRight(mark) ? "right" : "left",
        xshift: isRight(mark) ? -4 : 4,
        text: names[index], showarrow: false, font: { color: token("ink"), size: 12 },
      })),
      xaxis: { type: "linear", range: [0, end], ticksuffix: "%", tickangle: 0, dtick: 2 * width, showgrid: false },
      yaxis: { type: "linear", rangemode: "tozero", nticks: 5, title: { text: columns[1] } },
    },
  };
}
