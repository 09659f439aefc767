// How a series looks, the same in plotly's picture and in the list of series: six colours, and for
// six more the same with another line, mark and pattern.

import { paint, shape } from "../charts/shapes.js";
import { resolved } from "../charts/theme.js";

const COLOURS = 6;
const colourOf = (index) => `c${(index % COLOURS) + 1}`;
const isSecond = (index) => index >= COLOURS;

/** The value of a token at this moment. */
export const token = (name) => resolved(paint(name));

export const lineOf = (index) => ({
  line: { color: token(colourOf(index)), width: 2.5, dash: isSecond(index) ? "dash" : "solid" },
  marker: { color: token(colourOf(index)), size: 8, symbol: isSecond(index) ? "diamond" : "circle" },
});

export const barOf = (index) => ({
  marker: {
    color: token(colourOf(index)),
    pattern: { shape: isSecond(index) ? "/" : "", fgcolor: token("paper"), bgcolor: token(colourOf(index)), solidity: 0.3, size: 6 },
  },
});

/** A picture of 26 by 12 pixels that stands beside the name of a series. */
export function sampleOf(index, isLine) {
  const colour = paint(colourOf(index));
  const drawn = isLine
    ? [shape("line", { x1: 0, x2: 26, y1: 6, y2: 6, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": isSecond(index) ? "5 3" : null })]
    : [shape("rect", { width: 26, height: 12, fill: colour }), ...(isSecond(index) ? [2, 8, 14, 20, 26].map(stripe) : [])];
  return shape("svg", { width: 26, height: 12, viewBox: "0 0 26 12", "aria-hidden": "true" }, ...drawn);
}

const stripe = (x) => shape("line", { x1: x - 6, x2: x + 6, y1: 12, y2: 0, stroke: paint("paper"), "stroke-width": 1.5 });
