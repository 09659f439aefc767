// Draws every figure[data-chart] with plotly's basic bundle, in the colours of the reader's theme.
//
// A figure names its colours as the stylesheets do, "var(--c1)" (see css/tokens.css). They are
// read when drawing, so a change of theme draws again, and paper and saved pictures are always in
// the light ones.

const language = document.documentElement.lang === "en" ? "en" : "vi";
const config = {
  displayModeBar: false,
  displaylogo: false,
  responsive: true,
  showSendToCloud: false, // its default would offer to upload the figures to another company
  plotlyServerURL: "",
  locale: language,
};
// Decimal mark, then thousands.
const separators = { vi: ",.", en: ".," }[language];

/** The value of a token, in the present theme. */
function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

const VARIABLE = /^var\(--([\w-]+)\)$/;

/** `value` with every "var(--name)" in it replaced by its colour. */
function coloured(value) {
  if (typeof value === "string") {
    const match = VARIABLE.exec(value);
    return match ? token(match[1]) : value;
  }
  if (Array.isArray(value)) return value.map(coloured);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, coloured(inner)]));
  }
  return value;
}

function merged(base, over) {
  const result = { ...base };
  for (const [key, value] of Object.entries(over ?? {})) {
    const both = [base[key], value].every((side) => side && typeof side === "object" && !Array.isArray(side));
    result[key] = both ? merged(base[key], value) : value;
  }
  return result;
}

/** What every chart shares, so that a figure says only what is its own. */
function frame() {
  const axis = {
    automargin: true,
    fixedrange: true, // a finger that scrolls the page must not zoom the chart
    gridcolor: token("c-grid"),
    linecolor: token("line-2"),
    zerolinecolor: token("line-2"),
    ticks: "",
    title: { standoff: 8 },
  };
  const text = { family: token("f"), size: 13, color: token("ink-2") };
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: text,
    colorway: [1, 2, 3, 4, 5, 6].map((number) => token(`c${number}`)),
    separators,
    dragmode: false,
    margin: { l: 8, r: 12, t: 12, b: 8 },
    bargap: 0.32,
    legend: { orientation: "h", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom", font: { color: token("ink") } },
    hoverlabel: { bgcolor: token("ink"), bordercolor: token("ink"), font: { family: token("f"), size: 13, color: token("paper") } },
    xaxis: axis,
    yaxis: axis,
  };
}

function figureOf(chart) {
  return JSON.parse(document.getElementById(chart.dataset.chart).textContent);
}

function drawing(chart) {
  const { data, layout } = figureOf(chart);
  const whole = merged(frame(), coloured(layout));
  for (const axis of [whole.xaxis, whole.yaxis]) {
    if (axis.type === "category") axis.showgrid ??= false; // a line through every name says nothing
  }
  return { data: coloured(data), layout: whole };
}

/** Does `work` in the light theme and goes back before anything is painted. */
function inLight(work) {
  const root = document.documentElement;
  const before = root.dataset.theme;
  root.dataset.theme = "light";
  try {
    return work();
  } finally {
    if (before) root.dataset.theme = before;
    else delete root.dataset.theme;
  }
}

async function draw(chart) {
  const { data, layout } = drawing(chart);
  await Plotly.react(chart.querySelector(".chart-canvas"), data, layout, config);
}

function fail(chart, reason) {
  console.warn("chart not drawn", chart.dataset.chart, reason);
  chart.querySelector(".chart-canvas").hidden = true;
  chart.querySelector(".chart-failed[hidden]").hidden = false;
  chart.querySelector("details").open = true;
}

/** A picture for a document: light, on paper, with title, unit and period above, the source below. */
async function saveImage(chart) {
  const words = (part) => chart.querySelector(part).textContent.trim();
  const { width, height } = chart.querySelector(".chart-canvas").getBoundingClientRect();
  const picture = inLight(() => {
    const { data, layout } = drawing(chart);
    const source = {
      text: words(".chart-source"), font: { size: 11, color: token("ink-2") }, showarrow: false,
      xref: "paper", x: 0, xanchor: "left", yref: "paper", y: 0, yanchor: "top", yshift: -36,
    };
    const title = {
      // Weight by font, not by <b>: that one becomes a style attribute, which our policy stops.
      text: words("h3"), font: { size: 16, weight: 600, color: token("ink") },
      x: 0.02, xanchor: "left", yref: "container", y: 0.97, yanchor: "top",
      subtitle: { text: words("figcaption p"), font: { size: 12, color: token("ink-2") } },
    };
    const hasLegend = data.length > 1 && layout.showlegend !== false;
    const margin = { l: 24, r: Math.max(32, layout.margin.r), t: hasLegend ? 124 : 84, b: 64 };
    const paper = { paper_bgcolor: token("paper"), margin, height: undefined };
    return { data, layout: { ...merged(layout, paper), title, annotations: [...(layout.annotations ?? []), source] } };
  });
  await Plotly.downloadImage(picture, {
    format: "png", filename: chart.dataset.chart, width: Math.max(width, 760), height: height + 130, scale: 2,
  });
}

function registerVietnamese() {
  const months = Array.from({ length: 12 }, (_none, index) => `tháng ${index + 1}`);
  Plotly.register({
    moduleType: "locale",
    name: "vi",
    dictionary: {},
    format: {
      days: ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
      shortDays: ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
      months,
      shortMonths: months.map((_name, index) => `${index + 1}`),
      date: "%d/%m/%Y",
      decimal: ",",
      thousands: ".",
    },
  });
}

const charts = [...document.querySelectorAll("figure[data-chart]")];

function drawAll() {
  return Promise.all(charts.map((chart) => draw(chart).catch((reason) => fail(chart, reason))));
}

if (typeof Plotly === "undefined") {
  for (const chart of charts) fail(chart, "plotly did not load");
} else {
  registerVietnamese();
  await document.fonts.ready; // labels are measured, so their face must be there
  await drawAll();
  document.addEventListener("themechange", drawAll);
  window.addEventListener("beforeprint", () => inLight(drawAll));
  window.addEventListener("afterprint", drawAll);
  for (const chart of charts) {
    const button = chart.querySelector("[data-chart-image]");
    button.hidden = false;
    button.addEventListener("click", () => saveImage(chart));
  }
}
