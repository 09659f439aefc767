// One indicator over the periods, with what is asked of it in each year: the path of its targets.
// Cells of a row: value, target.

import { BELOW, beside, besideOf, domainOf, scale, ticksOf } from "./axes.js";
import { legend } from "./legend.js";
import { LINE, area, line, paint, part, shape, text, widestOf, wrapped } from "./shapes.js";
import { suffixOf } from "./table.js";

const HEIGHT = 230; // of the plot, in pixels

const point = (x, y) => [shape("circle", { cx: x, cy: y, r: 4.5, fill: paint("c1"), class: "point" })];
const goal = (x, y) => [line(x - 8, y, x + 8, y, "ink", { "stroke-width": 2 })];

/** A line through the points; a gap in it is a period without a number. */
function path(points, colour, more) {
  const parts = points.map((one, index) => (one ? `${points[index - 1] ? "L" : "M"}${one.x} ${one.y}` : ""));
  return shape("path", { d: parts.join(""), fill: "none", stroke: paint(colour), ...more });
}

/** Every how many places a text of `width` pixels fits. */
const every = (width, step) => Math.max(1, Math.ceil((width + 6) / step));

/** How far from its point a value stands: above it, or below where the target is just above. */
function sideOf([value, target], up) {
  const above = target === null ? Infinity : up(value) - up(target);
  return above >= 0 && above < 30 ? 16 : -16;
}

/** Says of each series how it is drawn: its column, its mark and its line. */
const SERIES = [
  { column: 1, mark: goal, colour: "ink", stroke: { "stroke-width": 2, "stroke-dasharray": "2 4" } },
  { column: 0, mark: point, colour: "c1", stroke: { "stroke-width": 2.5 } },
];

export function trend({ columns, rows }, width) {
  const series = SERIES.filter(({ column }) => rows.some((row) => row.numbers[column] !== null));
  const suffix = suffixOf(rows, 0) || suffixOf(rows, 1);
  const domain = domainOf(rows.flatMap((row) => row.numbers.slice(0, 2)), 1.1);
  const ticks = ticksOf(domain, 6);
  const [left, right] = [besideOf(ticks, suffix), width - 8];
  const step = (right - left) / rows.length;
  const names = legend(
    series.map(({ column, mark, colour, stroke }) => ({
      name: columns[column + 1],
      mark: (x, y) => [line(x - 10, y, x + 10, y, colour, stroke), ...mark(x, y)],
    })),
    { left, right },
  );
  const top = names.bottom + LINE;
  const bottom = top + HEIGHT;
  const up = scale(domain, bottom, top);
  const x = (index) => left + (index + 0.5) * step;
  const points = ({ column }) => rows.map(({ numbers }, index) => (numbers[column] === null ? null : { x: x(index), y: up(numbers[column]) }));
  const labels = rows.map((row) => wrapped(row.label, step - 6));
  const often = every(widestOf(labels.flat()), step);
  const valued = every(widestOf(rows.map((row) => row.texts[0])), step);
  // From the last, which is the one that is asked about.
  const isShown = (index, places) => (rows.length - 1 - index) % places === 0;
  const drawn = rows.map((row, index) => {
    const [value] = row.numbers;
    return part(
      `${row.label}: ${row.texts[0]}${row.numbers[1] === null ? "" : `\n${columns[2]}: ${row.texts[1]}`}`,
      row.url,
      area(x(index) - step / 2, top, step, HEIGHT),
      ...series.flatMap(({ column, mark }) => (row.numbers[column] === null ? [] : mark(x(index), up(row.numbers[column])))),
      ...(value !== null && isShown(index, valued) ? [text([row.texts[0]], x(index), up(value) + sideOf(row.numbers, up), { anchor: "middle", colour: "ink" })] : []),
    );
  });
  const shown = labels.filter((_none, index) => isShown(index, often));
  const lines = Math.max(...shown.map((label) => label.length));
  return {
    height: bottom + BELOW + (lines - 1) * LINE,
    shapes: [
      ...beside(ticks, up, { left, right, suffix }),
      ...labels.flatMap((label, index) => (isShown(index, often) ? [text(label, x(index), bottom + LINE + ((label.length - 1) * LINE) / 2, { anchor: "middle" })] : [])),
      ...series.map((one) => path(points(one), one.colour, one.stroke)),
      ...drawn,
      ...names.shapes,
    ],
  };
}
