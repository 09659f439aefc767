// Draws every figure[data-chart] as wide as its place, and again when that changes.
//
// A picture is made of the table that stands under it (see charts/table.js), so nothing on the
// page says a figure twice. Without script the table is what there is.

import { leadOn } from "./charts/hint.js";
import { pictureOf } from "./charts/kinds.js";

const PAPER_WIDTH = 640; // a screen is wider than a sheet
const charts = [...document.querySelectorAll("figure[data-chart]")];
const canvasOf = (chart) => chart.querySelector(".chart-canvas");

/** Draws `chart`; what cannot be drawn leaves its place to the table. */
function draw(chart, width) {
  const canvas = canvasOf(chart);
  if (canvas.hidden || !width) return;
  try {
    const drawn = pictureOf(chart, width);
    canvas.querySelector("svg")?.remove();
    canvas.prepend(drawn);
    canvas.classList.add("is-drawn");
  } catch (reason) {
    fail(chart, reason);
  }
}

function fail(chart, reason) {
  console.warn("chart not drawn", chart.dataset.chart, reason);
  canvasOf(chart).hidden = true;
  chart.querySelector(".chart-failed[hidden]").hidden = false;
  chart.querySelector("details").open = true;
}

function drawAll(most = Infinity) {
  for (const chart of charts) draw(chart, Math.min(most, canvasOf(chart).clientWidth));
}

/** A button for each format beside the chart's files; what makes them is fetched when it is wanted. */
function offerPictures(chart) {
  for (const button of chart.querySelectorAll("[data-picture]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const { save } = await import("./charts/pictures.js");
      await save(chart, button.dataset.picture);
    });
  }
}

for (const chart of charts) {
  leadOn(canvasOf(chart));
  offerPictures(chart);
}
await document.fonts.ready; // labels are measured, so their face must be there
const widths = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const width = Math.floor(contentRect.width);
    const before = target.querySelector("svg")?.getAttribute("width");
    if (Number(before) !== width) draw(target.closest("figure"), width);
  }
});
for (const chart of charts) widths.observe(canvasOf(chart));

window.addEventListener("beforeprint", () => drawAll(PAPER_WIDTH));
window.addEventListener("afterprint", () => drawAll());
