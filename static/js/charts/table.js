// Reads a chart's own table: the picture shows what stands there, and nothing else.
//
// Numbers are read back from the cells as the page writes them, "84,34%" or "7.661". A row may say
// how it stands (data-is: met, missed, own) and its cells where they lead.

const isEnglish = document.documentElement.lang === "en";
const [DECIMAL, THOUSANDS] = isEnglish ? [".", ","] : [",", "."];

/** The first number in a text as the page writes numbers; null where there is none. */
export function numberIn(text) {
  const found = /[−-]?\d[\d.,]*/.exec(text);
  if (!found) return null;
  return Number(found[0].replaceAll(THOUSANDS, "").replace(DECIMAL, ".").replace("−", "-"));
}

const textOf = (cell) => cell.textContent.trim();

function rowsOf(part) {
  return [...(part?.rows ?? [])].map((row) => {
    const [head, ...cells] = row.cells;
    const texts = cells.map(textOf);
    return {
      label: textOf(head),
      state: row.dataset.is ?? "",
      url: row.querySelector("a")?.getAttribute("href") ?? "",
      texts,
      numbers: texts.map(numberIn),
    };
  });
}

/** {columns, rows, marks} of a chart; a mark is a row of the table's foot. */
export function read(chart) {
  const table = chart.querySelector("table");
  return {
    columns: [...table.tHead.rows[0].cells].map(textOf),
    rows: rowsOf(table.tBodies[0]),
    marks: rowsOf(table.tFoot),
  };
}

/** A label of an axis on several lines, as plotly breaks them. */
export function wrapped(text, letters) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line && line.length + 1 + word.length > letters) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.join("<br>");
}

let pen;

/** How wide the labels of an axis are, in pixels: known beforehand, so that plotly draws once where
    it would otherwise draw, measure and draw again. */
export function widthOf(labels, font) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `13px ${font}`;
  const lines = labels.flatMap((label) => label.split("<br>"));
  return Math.ceil(Math.max(0, ...lines.map((line) => pen.measureText(line).width)));
}

/** How many letters a label beside a picture `width` pixels wide may have on a line: on a telephone
    the bars need the room. */
export const lettersFor = (width) => (width > 600 ? 40 : 20);
