// Reads the explorer's table: every number with what it is of, as its headings say.

import { numberIn } from "../charts/table.js";

const textOf = (cell) => cell.textContent.trim().replace(/\s+/g, " ");

/** A row of headings, one for each column; `size` is how many different ones there are in it. */
function levelOf(row, before, skipped) {
  const cells = [...row.cells].slice(skipped);
  const size = cells.length / before;
  const members = cells.map((cell, index) => ({
    key: index % size, // two schools may have one name
    name: textOf(cell),
    isTotal: cell.classList.contains("total"),
    span: cell.colSpan,
  }));
  return members.flatMap((member) => Array(member.span).fill(member));
}

function levelsOf(head) {
  let before = 1;
  return [...head.rows].map((row, place) => {
    const skipped = place ? 0 : 1; // the corner
    const level = levelOf(row, before, skipped);
    before = row.cells.length - skipped;
    return level;
  });
}

/** The headings of each row, the outer one first, which is counted where it is shown. */
function headsOf(rows) {
  let [outer, inner] = [-1, 0];
  return rows.map((row) => {
    const names = [...row.cells[0].children].map(textOf);
    const isShown = !row.cells[0].firstElementChild.classList.contains("visually-hidden");
    [outer, inner] = isShown ? [outer + 1, 0] : [outer, inner + 1];
    const isTotal = row.parentElement.tagName === "TFOOT";
    return names.map((name, place) => ({ key: place ? inner : outer, name, isTotal: isTotal && !place }));
  });
}

/** The numbers of the table in `box`: {at, text, value, url, isTotal}; `at` holds {key, name} by axis. */
export function read(box) {
  const table = box.querySelector("table");
  const [down, across] = [box.dataset.down.split(" "), box.dataset.across.split(" ")];
  const rows = [...table.tBodies[0].rows, ...(table.tFoot?.rows ?? [])];
  const [heads, levels] = [headsOf(rows), levelsOf(table.tHead)];
  return rows.flatMap((row, place) =>
    [...row.cells].slice(1).map((cell, column) => {
      const named = [
        ...down.map((axis, depth) => [axis, heads[place][depth]]),
        ...across.map((axis, depth) => [axis, levels[depth][column]]),
      ];
      return {
        at: Object.fromEntries(named),
        text: textOf(cell),
        value: numberIn(textOf(cell)),
        url: cell.querySelector("a")?.getAttribute("href") ?? "",
        isTotal: named.some(([, member]) => member.isTotal),
      };
    }),
  );
}
