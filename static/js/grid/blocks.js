// What is done to many cells at once: paste, fill down, clear. Each gives the changes as
// [{cell, typed}], with what was left out; nothing here changes a cell.

import { BLANK } from "./cells.js";
import { typedFrom } from "./text.js";

/** `texts` (rows of texts) laid over the table from the block's first cell. */
export function pasted(sheet, texts, words) {
  const { top, left, bottom, right } = sheet.block;
  const height = repeated(bottom - top + 1, texts.length);
  const width = repeated(right - left + 1, Math.max(...texts.map((row) => row.length)));
  const changes = [];
  const left_out = { clipped: 0, closed: 0 };
  for (let down = 0; down < height; down += 1) {
    const row = texts[down % texts.length];
    for (let across = 0; across < Math.min(width, repeated(width, row.length)); across += 1) {
      const [[cell] = []] = sheet.cellsIn({ top: top + down, bottom: top + down, left: left + across, right: left + across });
      const text = row[across % row.length];
      if (!cell) left_out.clipped += 1;
      else if (cell.isOpen) changes.push({ cell, typed: keeping(cell, typedFrom(text, cell.column, words)) });
      else if (text.trim()) left_out.closed += 1;
    }
  }
  return { changes, ...left_out };
}

/** A block that is a whole number of times the pasted one is filled with it, as in a spreadsheet. */
function repeated(selected, given) {
  return selected > given && selected % given === 0 ? selected : given;
}

/** The block's first row, or for a single row the one above, in all rows beneath. */
export function filledDown(sheet) {
  const block = sheet.block;
  if (block.top === block.bottom) block.top = Math.max(0, block.top - 1);
  const [first, ...others] = sheet.cellsIn(block);
  return changesOf(others.flatMap((row) => row.map((cell, index) => [cell, first[index].typed])));
}

/** Every cell of the block without an answer. */
export function cleared(sheet) {
  return changesOf(sheet.cellsIn(sheet.block).flat().map((cell) => [cell, BLANK]));
}

function changesOf(pairs) {
  const open = pairs.filter(([cell]) => cell.isOpen);
  return {
    changes: open.map(([cell, typed]) => ({ cell, typed: keeping(cell, typed) })),
    clipped: 0,
    closed: pairs.length - open.length,
  };
}

/** An answer put into a cell leaves the cell's own explanation; without an answer there is none. */
function keeping(cell, typed) {
  const isBlank = !typed.value && !typed.chosen.length && !typed.gap;
  return { ...typed, explanation: isBlank ? "" : cell.typed.explanation };
}
