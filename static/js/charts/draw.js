// One chart in its frame: drawn in the reader's colours, drawn again when these change, leading on
// to the page of what was clicked, and kept as a picture.

import { bars, bullets } from "./bars.js";
import { classes } from "./classes.js";
import { framed } from "./frame.js";
import { offerPictures } from "./pictures.js";
import { plotly } from "./plotly.js";
import { parts, shares } from "./stacked.js";
import { read } from "./table.js";
import { inLight } from "./theme.js";
import { trend } from "./trend.js";

const KINDS = { bars, bullets, classes, parts, shares, trend };
const config = {
  displayModeBar: false,
  displaylogo: false,
  responsive: true,
  showSendToCloud: false, // its default would offer to upload the figures to another company
  plotlyServerURL: "",
  locale: document.documentElement.lang === "en" ? "en" : "vi",
};
const drawn = [];

/** The plotly figure of `chart`, in the colours of this moment and for a picture `width` pixels wide. */
function figureOf(chart, width) {
  return framed(KINDS[chart.dataset.kind](read(chart), width));
}

const canvasOf = (chart) => chart.querySelector(".chart-canvas");

function show(chart, width) {
  const canvas = canvasOf(chart);
  const { data, layout } = figureOf(chart, width ?? canvas.clientWidth);
  return Plotly.react(canvas, data, { ...layout, width }, config);
}

/** Draws `chart` for the first time. Rejects where that cannot be done. */
export async function draw(chart) {
  await plotly();
  await document.fonts.ready; // labels are measured, so their face must be there
  drawn.push(chart); // before it is drawn: the theme may change meanwhile
  await show(chart);
  leadOn(chart);
  offerPictures(chart, (width) => figureOf(chart, width));
}

/** The table takes the place of a picture that could not be drawn. */
export function fail(chart, reason) {
  console.warn("chart not drawn", chart.dataset.chart, reason);
  canvasOf(chart).hidden = true;
  chart.querySelector(".chart-failed[hidden]").hidden = false;
  chart.querySelector("details").open = true;
}

/** A click on a bar or a point opens what its row in the table links to; the keyboard has the table. */
function leadOn(chart) {
  const canvas = canvasOf(chart);
  const target = ({ points }) => points.find((point) => point.customdata?.[1])?.customdata[1];
  const cursor = (shape) => {
    for (const layer of canvas.querySelectorAll(".nsewdrag")) layer.style.cursor = shape;
  };
  canvas.on("plotly_click", (event) => {
    const url = target(event);
    if (url) window.location.assign(url);
  });
  canvas.on("plotly_hover", (event) => cursor(target(event) ? "pointer" : ""));
  canvas.on("plotly_unhover", () => cursor(""));
}

const drawAgain = () => Promise.all(drawn.map((chart) => show(chart)));

document.addEventListener("themechange", drawAgain);

// A screen is wider than a sheet: on paper a picture is drawn for the width of a page, and its layers are
// given a view box, so that the stylesheet can shrink it to whatever column it stands in.
const PAPER_WIDTH = 640;
const layers = () => drawn.flatMap((chart) => [...chart.querySelectorAll(".main-svg")]);

window.addEventListener("beforeprint", () => {
  inLight(() => drawn.map((chart) => show(chart, Math.min(PAPER_WIDTH, canvasOf(chart).clientWidth))));
  for (const one of layers()) one.setAttribute("viewBox", `0 0 ${one.getAttribute("width")} ${one.getAttribute("height")}`);
});
window.addEventListener("afterprint", () => {
  for (const one of layers()) one.removeAttribute("viewBox");
  drawAgain();
});
