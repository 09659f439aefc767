// A picture of the plan as a figure of plotly's: {data, layout}, in the colours of this moment.

import { domainOf } from "../charts/axes.js";
import { widestOf, wrapped } from "../charts/shapes.js";
import { barOf, lineOf, token } from "./look.js";

const [LINE_HEIGHT, BAR, BETWEEN] = [380, 16, 14];

// Decimal mark, then thousands.
const separators = document.documentElement.lang === "en" ? ".," : ",.";

/** Text as plotly takes it, which would read marks as tags. */
const said = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const onLines = (lines) => lines.map(said).join("<br>");

/** The numbers of a series at each place; null where the table has a dash. */
function numbersOf({ name, points }, { places, placeOf }) {
  const at = new Map(points.map((point) => [placeOf(point), point]));
  const found = places.map((place) => at.get(place.key));
  return {
    values: found.map((point) => point?.value ?? null),
    texts: found.map((point) => (point?.value == null ? "" : said(point.text))),
    customdata: found.map((point, index) => {
      const words = [places[index].name, name].filter(Boolean).map(said).join("<br>");
      return [`${words}: ${said(point?.text ?? "")}`, point?.url ?? ""];
    }),
  };
}

function traceOf(series, index, picture) {
  const { values, texts, customdata } = numbersOf(series, picture);
  const positions = picture.places.map((_place, place) => place);
  const shared = { name: said(series.name), customdata, hovertemplate: "%{customdata[0]}<extra></extra>" };
  if (picture.isLines) {
    return { ...shared, type: "scatter", mode: "lines+markers", connectgaps: false, x: positions, y: values, ...lineOf(index) };
  }
  const labels = { text: texts, textposition: "outside", textangle: 0, cliponaxis: false, constraintext: "none", textfont: { size: 12, color: token("ink") } };
  return { ...shared, ...labels, type: "bar", orientation: "h", x: values, y: positions, ...barOf(index) };
}

/** The axis of the numbers and that of the places. */
function axesOf(picture, width) {
  const shared = {
    automargin: true,
    fixedrange: matchMedia("(pointer: coarse)").matches, // a finger that scrolls the page must not zoom
    gridcolor: token("c-grid"),
    linecolor: token("line-2"),
    zerolinecolor: token("line-2"),
    ticks: "",
  };
  const { isLines, places, series } = picture;
  const all = series.flatMap(({ points }) => points.map(({ value }) => value));
  const texts = series.flatMap(({ points }) => points.map(({ text }) => text));
  const room = isLines ? 1.1 : 1 + (widestOf(texts) + 12) / (width * 0.55); // for the number beyond the longest bar
  const [low, high] = domainOf(all, room);
  const suffix = picture.kind === "percent" ? "%" : "";
  const numbers = { ...shared, range: [low < 0 ? low * room : 0, high], ticksuffix: suffix, exponentformat: "none", nticks: 6 };
  const each = isLines ? Math.max(60, width / places.length - 12) : Math.min(260, width * 0.36);
  const ends = [-0.5, places.length - 0.5];
  const named = {
    ...shared,
    range: isLines ? ends : ends.reverse(),
    tickmode: "array",
    tickvals: places.map((_place, place) => place),
    ticktext: places.map(({ name }) => onLines(wrapped(name, each))),
    showgrid: false,
    zeroline: false,
  };
  return isLines ? { xaxis: named, yaxis: numbers } : { xaxis: numbers, yaxis: named };
}

/** The figure, `width` pixels wide; series whose key is in `without` are not drawn. */
export function figureOf(picture, width, without = new Set()) {
  const font = { family: token("f"), size: 13 };
  const drawn = picture.series.map((series, index) => ({ series, index })).filter(({ series }) => !without.has(series.key));
  const height = picture.isLines ? LINE_HEIGHT : picture.places.length * (Math.max(1, drawn.length) * BAR + BETWEEN) + 60;
  return {
    data: drawn.map(({ series, index }) => traceOf(series, index, picture)),
    layout: {
      ...axesOf(picture, width),
      width,
      height,
      font: { ...font, color: token("ink-2") },
      separators,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      margin: { l: 12, r: 12, t: 12, b: 36 },
      bargap: BETWEEN / (drawn.length * BAR + BETWEEN),
      hovermode: "closest",
      hoverlabel: { bgcolor: token("ink"), bordercolor: token("ink"), align: "left", font: { ...font, color: token("paper") } },
      dragmode: "zoom",
      showlegend: false,
      uirevision: "kept", // a zoom outlives another theme or width
    },
  };
}

/** The same for a document: on paper, with its words and the names of its series. */
export function onPaper(picture, { title, about }, width, without) {
  const { data, layout } = figureOf(picture, width, without);
  const lines = wrapped(title, width - 48, "600 16px");
  const below = wrapped(about, width - 48, "12px");
  const top = 24 + lines.length * 22 + below.length * 17 + 16;
  const longest = widestOf(data.map(({ name }) => name));
  const across = Math.max(1, Math.floor((width - 48) / (longest + 60))); // so many names stand side by side
  const names = data.length > 1 ? Math.ceil(data.length / across) * 20 + 24 : 0;
  return {
    data,
    layout: {
      ...layout,
      height: layout.height + top + names,
      paper_bgcolor: token("paper"),
      margin: { l: 24, r: 24, t: top, b: 36 + names },
      showlegend: data.length > 1,
      legend: { orientation: "h", entrywidth: longest + 12, x: 0, xanchor: "left", yref: "container", y: 0.01, yanchor: "bottom", font: { color: token("ink") } },
      title: {
        text: onLines(lines),
        subtitle: { text: onLines(below), font: { size: 12, color: token("ink-2") } },
        font: { size: 16, weight: 600, color: token("ink") }, // not by <b>, a style attribute that our policy stops
        x: 24 / width,
        xanchor: "left",
        yref: "container",
        y: 1 - 24 / (layout.height + top + names),
        yanchor: "top",
      },
    },
  };
}
