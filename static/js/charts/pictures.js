// A chart as a picture for a document: light, on paper, with title, unit and period above it and
// the source below.

import { merged } from "./frame.js";
import { wrapped } from "./table.js";
import { inLight, token } from "./theme.js";

const [LEAST_WIDTH, SIDE, LINE] = [760, 24, 22];

function lines(text, width, size) {
  const found = wrapped(text, Math.floor(width / (size * 0.56)));
  return { text: found, count: found.split("<br>").length };
}

/** The figure with its words around it. */
function onPaper({ data, layout }, words, width, height) {
  const inner = width - 2 * SIDE;
  const title = lines(words("h3"), inner, 16);
  const above = lines(words("figcaption p"), inner, 12);
  const below = lines(words(".chart-source"), inner, 11);
  const margin = {
    l: SIDE + layout.margin.l,
    r: SIDE + layout.margin.r,
    t: 30 + LINE * title.count + 17 * above.count + layout.margin.t,
    b: layout.margin.b + 24 + 15 * below.count,
  };
  const text = {
    showarrow: false, align: "left", xref: "paper", x: 0, xanchor: "left", xshift: -layout.margin.l,
    yref: "paper", yanchor: "top",
  };
  const top = margin.t - 14;
  const notes = [
    // Weight by font, not by <b>: that one becomes a style attribute, which our policy stops.
    { ...text, y: 1, yshift: top, text: title.text, font: { size: 16, weight: 600, color: token("ink") } },
    { ...text, y: 1, yshift: top - LINE * title.count - 4, text: above.text, font: { size: 12, color: token("ink-2") } },
    { ...text, y: 0, yshift: -layout.margin.b - 8, text: below.text, font: { size: 11, color: token("ink-2") } },
  ];
  return {
    data,
    width,
    height: height - layout.margin.t - layout.margin.b + margin.t + margin.b,
    layout: {
      ...merged(layout, { paper_bgcolor: token("paper"), margin }),
      height: undefined,
      annotations: [...(layout.annotations ?? []), ...notes],
    },
  };
}

async function save(chart, figure, format) {
  const words = (part) => chart.querySelector(part).textContent.trim().replace(/\s+/g, " ");
  const canvas = chart.querySelector(".chart-canvas").getBoundingClientRect();
  const width = Math.round(Math.max(canvas.width, LEAST_WIDTH));
  const picture = inLight(() => onPaper(figure(width), words, width, Math.round(canvas.height)));
  await Plotly.downloadImage(picture, {
    format, filename: chart.dataset.chart, width, height: picture.height, scale: format === "png" ? 2 : 1,
  });
}

/** A button for each format beside the chart's files; `figure` gives the figure at a width. */
export function offerPictures(chart, figure) {
  for (const button of chart.querySelectorAll("[data-picture]")) {
    button.hidden = false;
    button.addEventListener("click", () => save(chart, figure, button.dataset.picture));
  }
}
