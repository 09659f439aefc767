// A chart as a picture for a document: light, on paper, with title, unit and period above it and
// the source below.

import { drawing } from "./kinds.js";
import { LINE, paint, picture, shape, text, wrapped } from "./shapes.js";
import { inLight, resolved } from "./theme.js";

const [LEAST_WIDTH, SIDE, SHARPNESS] = [760, 24, 2];

/** Words of the page over or under the drawing: how far down they reach, and their shape. */
function words(said, { top, width, size, colour, weight = 400 }) {
  const lines = wrapped(said, width, `${weight} ${size}px`);
  const bottom = top + lines.length * LINE;
  return { bottom, shape: text(lines, 0, (top + bottom) / 2, { colour, "font-size": size, "font-weight": weight }) };
}

/** The drawing with its words around it, as an element. */
function onPaper(chart) {
  const said = (part) => chart.querySelector(part).textContent.trim().replace(/\s+/g, " ");
  const width = Math.max(chart.querySelector(".chart-canvas").clientWidth, LEAST_WIDTH);
  const inner = width - 2 * SIDE;
  const drawn = drawing(chart, inner);
  const title = words(said("h3"), { top: SIDE, width: inner, size: 15, colour: "ink", weight: 600 });
  const about = words(said("figcaption p"), { top: title.bottom + 4, width: inner, size: 12, colour: "ink-2" });
  const start = about.bottom + 14;
  const source = words(said(".chart-source"), { top: start + drawn.height + 10, width: inner, size: 12, colour: "ink-2" });
  const height = Math.ceil(source.bottom + SIDE);
  return picture(width, height, [
    shape("rect", { width, height, fill: paint("paper") }),
    shape("g", { transform: `translate(${SIDE} 0)` }, title.shape, about.shape, source.shape),
    shape("g", { transform: `translate(${SIDE} ${start})` }, ...drawn.shapes),
  ]);
}

const fileOf = (svg) => new Blob([resolved(new XMLSerializer().serializeToString(svg))], { type: "image/svg+xml" });

const ALIGNED = { start: "left", middle: "center", end: "right" };

/** Writes the texts of `svg`, which stands in the page, onto `context`. */
function write(svg, context) {
  for (const said of svg.querySelectorAll("text")) {
    const { fill, stroke, strokeWidth, fontWeight, fontSize, fontFamily, textAnchor } = getComputedStyle(said);
    context.setTransform(new DOMMatrix().scale(SHARPNESS).multiply(DOMMatrix.fromMatrix(said.getCTM())));
    const style = { fillStyle: fill, strokeStyle: stroke, lineWidth: parseFloat(strokeWidth), lineJoin: "round" };
    Object.assign(context, style, { font: `${fontWeight} ${fontSize} ${fontFamily}`, textAlign: ALIGNED[textAnchor] });
    for (const line of said.children) {
      const place = [line.textContent, Number(line.getAttribute("x")), Number(line.getAttribute("y"))];
      if (stroke !== "none") context.strokeText(...place);
      context.fillText(...place);
    }
  }
}

/** The same in points, for programs that know no SVG. */
async function inPoints(svg) {
  const shapes = svg.cloneNode(true);
  for (const said of shapes.querySelectorAll("text")) said.remove();
  const image = new Image();
  image.src = URL.createObjectURL(inLight(() => fileOf(shapes)));
  await image.decode();
  URL.revokeObjectURL(image.src);
  const [width, height] = ["width", "height"].map((side) => SHARPNESS * svg.getAttribute(side));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0, width, height);
  // A picture of its own has none of the page's letters, so texts are written in the page; nothing of it is painted.
  svg.style.maxWidth = "none";
  document.body.append(svg);
  inLight(() => write(svg, context));
  svg.remove();
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function keep(file, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser may still be reading it
}

/** Keeps `chart` as a file: svg or png. */
export async function save(chart, format) {
  const svg = onPaper(chart);
  const file = format === "png" ? await inPoints(svg) : inLight(() => fileOf(svg));
  keep(file, `${chart.dataset.chart}.${format}`);
}
