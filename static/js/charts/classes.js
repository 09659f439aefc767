// How many schools lie in each class of an indicator, with a line at each value of the table's foot.
// A row's label begins where its class does; the last class is open. Cells of a row: schools, share.

import { BELOW, below, beside, besideOf, domainOf, scale, ticksOf } from "./axes.js";
import { HALO, LETTERS, LINE, area, line, paint, part, shape, text, wrapped } from "./shapes.js";
import { numberIn } from "./table.js";

const HEIGHT = 200; // of the plot, in pixels

/** Lines at the values of the foot and their names, each above the one before so that none is written over. */
function marksOf(marks, { at, left, right, end }) {
  let height = 0;
  const drawn = marks.filter((mark) => mark.numbers[0] !== null).map((mark, index) => {
    const x = at(Math.min(mark.numbers[0], end));
    const isLeft = x - left > right - x; // a name is written on the wider side of its line
    const lines = wrapped(`${mark.label}: ${mark.texts[0]}`, (isLeft ? x - left : right - x) - 8);
    height += lines.length * LINE + 2;
    return { x, lines, isLeft, height, dash: index ? "6 4" : "2 3" };
  });
  return { height: height + 6, drawn };
}

const drawMark = ({ x, lines, isLeft, height, dash }, top) => [
  line(x, top - height, x, top + HEIGHT, "ink", { "stroke-width": 2, "stroke-dasharray": dash, "pointer-events": "none" }),
  text(lines, isLeft ? x - 6 : x + 6, top - height + (lines.length * LINE) / 2, { anchor: isLeft ? "end" : "start", colour: "ink" }),
];

export function classes({ columns, rows, marks }, width) {
  const starts = rows.map((row) => numberIn(row.label));
  const step = starts[1] - starts[0];
  const end = starts.at(-1) + step;
  const counts = domainOf(rows.map((row) => row.numbers[0]), 1.12); // room for the count over the highest
  const ticks = ticksOf(counts, 5, 1);
  const [left, right] = [LINE + besideOf(ticks), width - 8];
  const at = scale([0, end], left, right);
  const named = marksOf(marks, { at, left, right, end });
  const top = named.height;
  const up = scale(counts, top + HEIGHT, top);
  const wide = at(step) - at(0);
  const bars = rows.map((row, index) => {
    const [x, y] = [at(starts[index]), up(row.numbers[0])];
    const bar = { x: x + wide * 0.03, y, width: wide * 0.94, height: top + HEIGHT - y };
    return part(
      `${row.label}: ${row.texts[0]} (${row.texts[1]})`,
      row.url,
      area(x, top, wide, HEIGHT),
      shape("rect", { ...bar, fill: paint(row.state === "own" ? "c2" : "c1"), class: "bar" }),
    );
  });
  // Over the lines of the marks, and not in their way under the pointer.
  const counted = rows.map(({ numbers: [count], texts }, index) => {
    const over = { anchor: "middle", colour: "ink", "pointer-events": "none", ...HALO };
    return count ? text([texts[0]], at(starts[index]) + wide / 2, up(count) - 9, over) : "";
  });
  const across = starts.filter((_none, index) => index % 2 === 0);
  const middle = top + HEIGHT / 2;
  return {
    height: top + HEIGHT + BELOW,
    shapes: [
      ...beside(ticks, up, { left, right }),
      ...below(across, at, { bottom: top + HEIGHT, suffix: rows[0].label.includes("%") ? "%" : "", hasLines: false }),
      text([columns[1]], LETTERS * 0.6, middle, { anchor: "middle", transform: `rotate(-90 ${LETTERS * 0.6} ${middle})` }),
      ...bars,
      ...named.drawn.flatMap((mark) => drawMark(mark, top)),
      ...counted.filter(Boolean),
    ],
  };
}
