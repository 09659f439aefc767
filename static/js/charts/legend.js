// The names of what a picture is made of, on as many lines as they need.

import { LINE, shape, paint, text, widthOf } from "./shapes.js";

const [MARK, GAP, HEIGHT] = [26, 20, LINE + 4];

/** {bottom, shapes} of the names in `items` from `left` to `right`; an item draws its `mark` at the middle of a place. */
export function legend(items, { left, right }) {
  const shapes = [];
  let [x, y] = [left, HEIGHT / 2];
  for (const { name, mark } of items) {
    const width = MARK + widthOf(name);
    if (x > left && x + width > right) [x, y] = [left, y + HEIGHT];
    shapes.push(...mark(x + MARK / 2 - 3, y), text([name], x + MARK, y, { colour: "ink" }));
    x += width + GAP;
  }
  return { bottom: y + HEIGHT / 2 + 6, shapes };
}

/** A mark for what is drawn as an area of one colour. */
export const swatch = (colour) => (x, y) => [shape("rect", { x: x - 6, y: y - 6, width: 12, height: 12, fill: paint(colour) })];
