// Values as bars, one a row: indicators against their targets (a mark each), or units against one
// target (a line for all). Cells of a row: value, target, state in words.

import { BELOW, below, domainOf, scale, ticksOf } from "./axes.js";
import { BAR, rowsFor } from "./rows.js";
import { area, line, paint, part, shape, text, widestOf } from "./shapes.js";
import { suffixOf } from "./table.js";

const [TOP, COLOURS] = [8, { met: "c1", missed: "c2" }];

/** What is said of a row: its value and state, then its target. */
function said({ label, texts: [value, target, state] }, columns) {
  const first = state ? `${label}: ${value} (${state})` : `${label}: ${value}`;
  return target ? `${first}\n${columns[2]}: ${target}` : first;
}

/** The rows as bars with whatever `mark` adds to each; `at` says where a number lies. */
function drawn({ columns, rows }, width, { mark = () => [], across = () => [] }) {
  // The values have a column right of the drawing, where no bar and no target runs into them.
  const right = width - widestOf(rows.map((row) => row.texts[0])) - 12;
  const stand = rowsFor(rows.map((row) => row.label), { width, top: TOP });
  const domain = domainOf(rows.flatMap((row) => row.numbers.slice(0, 2)));
  const at = scale(domain, stand.left, right);
  const ticks = ticksOf(domain, Math.max(2, Math.min(6, (right - stand.left) / 70)));
  const bars = rows.map((row, index) => {
    const { top, height, middle } = stand.places[index];
    const [value] = row.numbers;
    const bar = { x: at(0), y: middle - BAR / 2, width: at(value ?? 0) - at(0), height: BAR };
    return part(
      said(row, columns),
      row.url,
      area(0, top, width, height),
      shape("rect", { ...bar, fill: paint(COLOURS[row.state] ?? "c6"), class: "bar" }),
      text([row.texts[0]], width, middle, { anchor: "end", colour: "ink" }),
      ...mark(row, at, middle),
    );
  });
  const span = { top: TOP, bottom: stand.bottom };
  const axis = below(ticks, at, { ...span, suffix: suffixOf(rows, 0) });
  return { height: stand.bottom + BELOW, shapes: [...axis, ...bars, ...stand.labels, ...across(at, span)] };
}

/** A line at a target, with an edge that shows it on a bar as well. */
function goalLine(x, top, bottom, more) {
  const edge = line(x, top, x, bottom, "paper", { "stroke-width": 5 });
  return [edge, line(x, top, x, bottom, "ink", { "stroke-width": 2, ...more })];
}

/** Indicators, each with a mark at its own target. */
export function bullets(table, width) {
  const mark = ({ numbers: [, goal] }, at, y) =>
    goal === null ? [] : goalLine(at(goal), y - BAR / 2 - 3, y + BAR / 2 + 3);
  return drawn(table, width, { mark });
}

/** Units, with a line at the target that all of them have. */
export function bars(table, width) {
  const goal = table.rows.map((row) => row.numbers[1]).find((number) => number !== null);
  const across = (at, { top, bottom }) =>
    goal === undefined ? [] : [shape("g", { "pointer-events": "none" }, ...goalLine(at(goal), top, bottom, { "stroke-dasharray": "2 3" }))];
  return drawn(table, width, { across });
}
