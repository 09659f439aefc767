// Wholes and their parts as bars of 100 %: the same parts in every bar (`shares`: a count and a
// share for each, then the total), or parts of its own in each (`parts`: a row for each, whose
// cells are name, count, share; the last is the rest).

import { lettersFor, readableOn, token, widthOf, wrapped } from "./labels.js";

const [ROW, FRAME] = [38, 36];
const ORDERED = ["c2", "c6", "c1"]; // from the lowest level to the highest
const SERIES = ["c1", "c3", "c5", "c4"];

function segment({ labels, letters, counts, texts, hovers, urls, name, colour }) {
  return {
    type: "bar",
    orientation: "h",
    name,
    x: counts,
    y: labels.map((label) => wrapped(label, letters)),
    text: texts,
    textposition: "inside",
    insidetextanchor: "middle",
    textangle: 0,
    insidetextfont: { color: readableOn(colour), size: 12 },
    customdata: hovers.map((hover, index) => [hover, urls[index]]),
    hovertemplate: "%{customdata[0]}<extra></extra>",
    marker: { color: colour, line: { color: token("paper"), width: 1 } },
  };
}

function layout(labels, letters, { top, ...more }) {
  const left = widthOf(labels.map((label) => wrapped(label, letters)), token("f")) + 10;
  return {
    height: FRAME + top + ROW * labels.length,
    margin: { l: left, t: top },
    barmode: "stack",
    barnorm: "percent",
    uniformtext: { mode: "hide", minsize: 11 },
    xaxis: { type: "linear", range: [0, 100], ticksuffix: "%", tickangle: 0, nticks: 5 },
    yaxis: { type: "category", autorange: "reversed" },
    ...more,
  };
}

/** Bars that all have the same parts, such as the levels that schools have reached. */
export function shares({ columns, rows }, width) {
  const letters = lettersFor(width);
  const known = rows.filter((row) => row.numbers.some((number) => number));
  const count = Math.floor((columns.length - 2) / 2);
  const palette = count === ORDERED.length ? ORDERED : SERIES;
  const data = Array.from({ length: count }, (_none, part) => {
    const [at, share, name] = [2 * part, 2 * part + 1, columns[2 * part + 1]];
    return segment({
      name,
      letters,
      labels: known.map((row) => row.label),
      counts: known.map((row) => row.numbers[at] ?? 0),
      texts: known.map((row) => row.texts[at]),
      hovers: known.map((row) => `${row.label}, ${name}: ${row.texts[at]} (${row.texts[share]})`),
      urls: known.map((row) => row.url),
      colour: token(palette[part % palette.length]),
    });
  });
  const labels = known.map((row) => row.label);
  const names = data.map((one) => one.name);
  const besides = widthOf(labels.map((one) => wrapped(one, letters)), token("f")) + 30;
  const perLine = Math.max(1, Math.floor((width - besides) / (widthOf(names, token("f")) + 60)));
  const top = 20 + 20 * Math.ceil(count / perLine);
  return { data, layout: layout(labels, letters, { top, showlegend: true }) };
}

/** Bars that each have parts of their own, such as procedures by how they are offered. */
export function parts({ rows }, width) {
  const letters = lettersFor(width);
  const labels = [...new Set(rows.map((row) => row.label))];
  const wholes = labels.map((label) => rows.filter((row) => row.label === label));
  const most = Math.max(...wholes.map((whole) => whole.length));
  // The rest is the last part of its bar, wherever that falls.
  const place = (whole, part) => (part === most - 1 ? whole.at(-1) : whole.slice(0, -1)[part]);
  const data = Array.from({ length: most }, (_none, part) => {
    const cells = wholes.map((whole) => place(whole, part));
    return segment({
      name: "",
      letters,
      labels,
      counts: cells.map((cell) => cell?.numbers[1] ?? 0),
      texts: cells.map((cell) => (cell ? `${cell.texts[0]} ${cell.texts[2]}` : "")),
      hovers: cells.map((cell) => (cell ? `${cell.texts[0]}: ${cell.texts[1]} (${cell.texts[2]})` : "")),
      urls: cells.map((cell) => cell?.url ?? ""),
      colour: token(part === most - 1 ? "c6" : SERIES[part]),
    });
  });
  return { data, layout: layout(labels, letters, { top: 8 }) };
}
