// Reads a chart's own table: the picture shows what stands there, and nothing else.
//
// Numbers are read back from the cells as the page writes them, "84,34%" or "7.661". A row may say
// how it stands (data-is: met, missed, own) and its cells where they lead.

const language = document.documentElement.lang === "en" ? "en" : "vi";
const [DECIMAL, THOUSANDS] = language === "en" ? [".", ","] : [",", "."];
const written = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });

/** The first number in a text as the page writes numbers; null where there is none. */
export function numberIn(text) {
  const found = /[−-]?\d[\d.,]*/.exec(text);
  if (!found) return null;
  return Number(found[0].replaceAll(THOUSANDS, "").replace(DECIMAL, ".").replace("−", "-"));
}

/** A number of an axis, as the page writes numbers. */
export const textOfNumber = (number) => written.format(number);

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

/** What follows each number of a column: "%" where one of its texts ends so, else nothing. */
export const suffixOf = (rows, column) => (rows.some((row) => row.texts[column]?.endsWith("%")) ? "%" : "");
