// What pictures of rows share: a label for each row, left of its bar, or over it where there is little room.

import { HALO, LINE, text, widthOf, wrapped } from "./shapes.js";

/** How thick a bar is, and how high a row with one line of text, in pixels. */
export const [BAR, ROW] = [22, 34];

// Below this width, that of a telephone, labels stand over their bars.
const NARROW = 520;

/**
 * Where the rows of a picture stand below `top`: {left, bottom, labels, places}. `labels` are shapes; a
 * place is {top, height, middle}, its bar's middle in pixels.
 */
export function rowsFor(labels, { width, top }) {
  const isNarrow = width < NARROW;
  const room = isNarrow ? width : Math.min(300, width * 0.4);
  const texts = labels.map((label) => wrapped(label, room));
  const left = isNarrow ? 0 : Math.max(0, ...texts.flat().map((one) => widthOf(one))) + 10;
  let bottom = top;
  const places = texts.map(({ length }) => {
    const over = isNarrow ? length * LINE + 3 : 0;
    const height = isNarrow ? over + BAR + 9 : Math.max(ROW, length * LINE + 8);
    const place = { top: bottom, height, middle: bottom + (isNarrow ? over + BAR / 2 : height / 2) };
    bottom += height;
    return place;
  });
  return {
    left,
    bottom,
    places,
    labels: texts.map((lines, index) => {
      const { top: start, middle } = places[index];
      if (isNarrow) return text(lines, 0, start + (lines.length * LINE) / 2, HALO);
      return text(lines, left - 10, middle, { anchor: "end" });
    }),
  };
}
