// The kinds of charts, each a function of a table and a width to {height, shapes} of its picture.

import { bars, bullets } from "./bars.js";
import { classes } from "./classes.js";
import { picture } from "./shapes.js";
import { parts, shares } from "./stacked.js";
import { read } from "./table.js";
import { trend } from "./trend.js";

const KINDS = { bars, bullets, classes, parts, shares, trend };

/** {width, height, shapes} of what `chart` shows, for a picture `width` pixels wide. */
export function drawing(chart, width) {
  return { width, ...KINDS[chart.dataset.kind](read(chart), width) };
}

/** The same as an element. */
export function pictureOf(chart, width) {
  const { height, shapes } = drawing(chart, width);
  return picture(width, height, shapes);
}
