// The charts of a page drawn by the whole of plotly.js: what `make bench` compares our own drawing
// with. Served in the place of static/js/charts.js; each is drawn once, at once, without plotly's
// buttons and measuring again, which would only make it slower.

import { bars, bullets } from "./charts/bars.js";
import { classes } from "./charts/classes.js";
import { framed } from "./charts/frame.js";
import { parts, shares } from "./charts/stacked.js";
import { read } from "./charts/table.js";
import { trend } from "./charts/trend.js";

const KINDS = { bars, bullets, classes, parts, shares, trend };
const config = { displayModeBar: false, responsive: true, locale: "vi" };

function plotly() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/static/plotly.min.js"; // the page has preloaded it
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

await plotly();
await document.fonts.ready;
Plotly.register({ moduleType: "locale", name: "vi", dictionary: {}, format: { decimal: ",", thousands: "." } });
for (const chart of document.querySelectorAll("figure[data-chart]")) {
  const canvas = chart.querySelector(".chart-canvas");
  const width = canvas.clientWidth;
  const { data, layout } = framed(KINDS[chart.dataset.kind](read(chart), width));
  await Plotly.newPlot(canvas, data, { ...layout, width }, config);
}
