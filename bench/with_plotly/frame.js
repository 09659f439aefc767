// What every chart shares, so that a kind of chart says only what is its own.

import { token } from "./labels.js";

// Decimal mark, then thousands.
const separators = document.documentElement.lang === "en" ? ".," : ",.";

export function merged(base, over) {
  const result = { ...base };
  for (const [key, value] of Object.entries(over ?? {})) {
    const both = [base[key], value].every((side) => side && typeof side === "object" && !Array.isArray(side));
    result[key] = both ? merged(base[key], value) : value;
  }
  return result;
}

function frame() {
  const axis = {
    automargin: false, // it draws twice; a kind says how wide its labels are
    fixedrange: true, // a finger that scrolls the page must not zoom the chart
    gridcolor: token("c-grid"),
    linecolor: token("line-2"),
    zerolinecolor: token("line-2"),
    ticks: "",
    title: { standoff: 8 },
  };
  const font = { family: token("f"), size: 13 };
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { ...font, color: token("ink-2") },
    separators,
    dragmode: false,
    margin: { l: 44, r: 16, t: 12, b: 30 },
    bargap: 0.32,
    showlegend: false,
    legend: {
      orientation: "h", traceorder: "normal", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom",
      font: { color: token("ink") }, itemclick: false, itemdoubleclick: false,
    },
    hoverlabel: { bgcolor: token("ink"), bordercolor: token("ink"), font: { ...font, color: token("paper") } },
    xaxis: axis,
    yaxis: axis,
  };
}

/** A kind's {data, layout} with everything that is shared. */
export function framed({ data, layout }) {
  const whole = merged(frame(), layout);
  for (const axis of [whole.xaxis, whole.yaxis]) {
    if (axis.type === "category") axis.showgrid ??= false; // a line through every name says nothing
  }
  return { data, layout: whole };
}
