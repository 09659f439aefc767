// Elements of SVG, and the text in them. Colours are named by their tokens, so that a picture follows
// the theme, and paper is light, without being drawn again.

const SPACE = "http://www.w3.org/2000/svg";

/** Size of letters, and from one line to the next, in pixels. */
export const [LETTERS, LINE] = [13, 17];

/** The colour of a token, as an attribute names it. */
export const paint = (token) => `var(--${token})`;

/** The element `name`; attributes that are null or undefined are left out. */
export function shape(name, attributes, ...inside) {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...inside);
  return made;
}

export const line = (x1, y1, x2, y2, colour, more) => shape("line", { x1, y1, x2, y2, stroke: paint(colour), ...more });

/** Of text that stands on lines or areas: an edge of the ground's colour. */
export const HALO = { stroke: paint("paper"), "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke" };

/** Lines of text, the middle of the whole at `y`; `anchor` is start, middle or end. */
export function text(lines, x, y, { anchor, colour = "ink-2", ...more } = {}) {
  const first = y + LETTERS * 0.35 - ((lines.length - 1) * LINE) / 2;
  const spans = lines.map((one, index) => shape("tspan", { x, y: first + index * LINE }, one));
  return shape("text", { "text-anchor": anchor, fill: paint(colour), ...more }, ...spans);
}

/** Shapes that stand for one row: what is said of them where the pointer rests, and where they lead. */
export function part(says, url, ...shapes) {
  const made = shape("g", {}, ...shapes);
  made.dataset.says = says;
  if (url) made.dataset.url = url;
  return made;
}

/** An area that is not seen, so that a small bar is found by the pointer as well. */
export const area = (x, y, width, height) => shape("rect", { x, y, width, height, fill: "none", "pointer-events": "all" });

/** A whole picture of `shapes`. */
export function picture(width, height, shapes) {
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  return shape("svg", { ...size, "font-family": paint("f"), "font-size": LETTERS }, ...shapes);
}

let pen;

/** How wide `text` is, in pixels. `font` is the size and weight of its letters. */
export function widthOf(text, font = `${LETTERS}px`) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `${font} ${getComputedStyle(document.documentElement).getPropertyValue("--f")}`;
  return Math.ceil(pen.measureText(text).width);
}

export const widestOf = (texts) => Math.max(0, ...texts.map((one) => widthOf(one)));

/** `text` on lines no wider than `room` pixels, where its words allow. */
export function wrapped(text, room, font) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && widthOf(longer, font) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
