// Wholes and their parts as bars of 100 %: the same parts in every bar (`shares`: a count and a
// share for each, then the total), or parts of its own in each (`parts`: a row for each, whose
// cells are name, count, share; the last is the rest).

import { BELOW, below, scale } from "./axes.js";
import { legend, swatch } from "./legend.js";
import { BAR, rowsFor } from "./rows.js";
import { paint, part, shape, text, widthOf } from "./shapes.js";

const ORDERED = ["c2", "c6", "c1"]; // from the lowest level to the highest
const SERIES = ["c1", "c3", "c5", "c4"];

/** One bar: its segments {count, short, says, url, colour} after each other, as long as their shares of the sum. */
function bar(segments, at, middle) {
  const whole = segments.reduce((sum, one) => sum + one.count, 0);
  let before = 0;
  return segments.filter((one) => one.count).map((one) => {
    const [x, end] = [at((before / whole) * 100), at(((before + one.count) / whole) * 100)];
    before += one.count;
    const place = { x, y: middle - BAR / 2, width: end - x, height: BAR };
    const fits = widthOf(one.short) + 6 <= end - x;
    return part(
      one.says,
      one.url,
      shape("rect", { ...place, fill: paint(one.colour), stroke: paint("paper"), class: "bar" }),
      ...(fits ? [text([one.short], (x + end) / 2, middle, { anchor: "middle", colour: `on-${one.colour}` })] : []),
    );
  });
}

/** Bars with their labels; `top` is where the first may begin. */
function drawn(bars, width, top, before = []) {
  const stand = rowsFor(bars.map((one) => one.label), { width, top });
  const right = width - 18; // half of "100%" stands beyond it
  const at = scale([0, 100], stand.left, right);
  const ticks = right - stand.left < 240 ? [0, 50, 100] : [0, 25, 50, 75, 100];
  const drawnBars = bars.flatMap((one, index) => bar(one.segments, at, stand.places[index].middle));
  const axis = below(ticks, at, { top, bottom: stand.bottom, suffix: "%" });
  return { height: stand.bottom + BELOW, shapes: [...before, ...axis, ...stand.labels, ...drawnBars] };
}

/** Bars that all have the same parts, such as the levels that schools have reached. */
export function shares({ columns, rows }, width) {
  const count = Math.floor((columns.length - 2) / 2);
  const palette = count === ORDERED.length ? ORDERED : SERIES;
  const kinds = Array.from({ length: count }, (_none, index) => ({ name: columns[2 * index + 1], colour: palette[index % palette.length] }));
  const known = rows.filter((row) => row.numbers.some((number) => number));
  const bars = known.map((row) => ({
    label: row.label,
    segments: kinds.map(({ name, colour }, index) => ({
      count: row.numbers[2 * index] ?? 0,
      short: row.texts[2 * index],
      says: `${row.label}, ${name}: ${row.texts[2 * index]} (${row.texts[2 * index + 1]})`,
      url: row.url,
      colour,
    })),
  }));
  const names = legend(kinds.map(({ name, colour }) => ({ name, mark: swatch(colour) })), { left: 0, right: width });
  return drawn(bars, width, names.bottom, names.shapes);
}

/** Bars that each have parts of their own, such as procedures by how they are offered. */
export function parts({ rows }, width) {
  const labels = [...new Set(rows.map((row) => row.label))];
  const bars = labels.map((label) => {
    const own = rows.filter((row) => row.label === label);
    return {
      label,
      segments: own.map(({ texts: [name, number, share], numbers, url }, index) => ({
        count: numbers[1] ?? 0,
        short: `${name} ${share}`,
        says: `${name}: ${number} (${share})`,
        url,
        colour: index === own.length - 1 ? "c6" : SERIES[index % SERIES.length],
      })),
    };
  });
  return drawn(bars, width, 8);
}
