// The grid of many schools: reads what the page brought and puts the parts together.

import { cleared, filledDown, pasted } from "./blocks.js";
import { Cell, same } from "./cells.js";
import { Details } from "./details.js";
import { Editor } from "./editor.js";
import { History } from "./history.js";
import { Kept } from "./kept.js";
import { listenToKeys } from "./keys.js";
import { Saver } from "./saver.js";
import { Sheet } from "./sheet.js";
import { Status } from "./status.js";
import { fromTable, textOf, toTable } from "./text.js";
import { say } from "./words.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const root = document.getElementById("grid-page");
const words = read("grid-words");
const { address, before, columns, form, period, rows, user } = read("grid-data");

const cells = new Map();
const rowsByUnit = new Map();
for (const [down, row] of rows.entries()) {
  rowsByUnit.set(row.unit, row);
  for (const [across, column] of columns.entries()) {
    const place = { row: down, column: across };
    cells.set(`${row.unit} ${column.code}`, new Cell(row, column, place, row.cells[column.code]));
  }
}
const all = [...cells.values()];
const grid = { before, columns, rows, cells, rowOf: (unit) => rowsByUnit.get(unit) };

root.hidden = false;
const sheet = new Sheet(document.getElementById("grid"), grid, words);
await sheet.ready;
const history = new History();
const kept = new Kept({ user, period, form });
const saver = new Saver({ address, user, kept, report });
const status = new Status(root, sheet, saver, words);
const details = new Details(document.getElementById("cell-details"), sheet, words, {
  commit: (cell, typed) => apply([{ cell, typed }]),
  explain: (row, texts) => {
    saver.explain(row, texts);
    status.tellAll(all);
  },
  take: (cell) => settle(cell, () => cell.takeTheirs()),
  keep: (cell) => settle(cell, () => cell.keepMine()),
});
const editor = new Editor(sheet, { commit, details: (part) => details.open(part) });

function commit(cell, typed, move) {
  apply([{ cell, typed }]);
  if (move) sheet.moveTo({ row: sheet.active.row + move.row, column: sheet.active.column + move.column });
}

/** Change cells, send them, and remember how to take it back. */
function apply(changes, remembers = true) {
  const real = changes.filter(({ cell, typed }) => cell.isOpen && !same(cell.typed, typed));
  if (remembers && real.length) history.add(real.map(({ cell, typed }) => ({ cell, before: cell.typed, after: typed })));
  for (const { cell, typed } of real) cell.changeTo(typed);
  const changed = real.map(({ cell }) => cell);
  saver.add(changed);
  tell(changed);
  return changed.length;
}

function settle(cell, choose) {
  choose();
  saver.add([cell]);
  tell([cell]);
}

function tell(changed) {
  sheet.refresh(changed);
  status.tellCell();
  status.tellAll(all);
}

/** Answers came: the cells that were sent, and by unit what the rules now say of its other cells. */
function report(sent, units) {
  const touched = new Set(sent);
  for (const [unit, answer] of Object.entries(units)) {
    if (answer.rules) rowsByUnit.get(unit).rules = answer.rules;
    else status.notice(answer.message);
    for (const { code } of columns) {
      const cell = cells.get(`${unit} ${code}`);
      if (!answer.others || answer.cells?.[code]) continue;
      const other = answer.others[code];
      cell.judged(other?.verdict, other?.message);
      touched.add(cell);
    }
  }
  if (saver.trouble) for (const cell of all) if (cell.progress === "waiting") touched.add(cell);
  tell([...touched]);
}

function tellDone(sentence, { changes, clipped, closed }) {
  const count = apply(changes);
  status.notice(
    [
      say(sentence, { count }),
      clipped && say(words.clipped, { count: clipped }),
      closed && say(words.closed, { count: closed }),
    ].filter(Boolean).join(" "),
  );
}

function turn(changes, sentence, nothing) {
  if (changes) apply(changes, false);
  status.notice(changes ? say(sentence, { count: changes.length }) : nothing);
}

const commands = {
  edit: () => editor.open(),
  details: () => details.open(),
  clear: () => tellDone(words.cleared, cleared(sheet)),
  fillDown: () => tellDone(words.filled, filledDown(sheet)),
  undo: () => turn(history.undo(), words.undone, words.nothing),
  redo: () => turn(history.redo(), words.redone, words.nothing),
  before: () => {
    sheet.toggleBefore();
    root.querySelector('[data-command="before"]').setAttribute("aria-pressed", String(sheet.showsBefore));
  },
  keys: () => document.getElementById("grid-keys").showModal(),
  restore: () => {
    const { cell } = sheet;
    if (cell.isUnsaved) settle(cell, () => cell.restore());
    else status.notice(words.leave);
  },
};

listenToKeys(sheet, editor, commands);
sheet.addEventListener("edit", commands.edit);
root.addEventListener("click", (event) => {
  const button = event.target.closest("[data-command]");
  if (button) commands[button.dataset.command]();
});
sheet.element.addEventListener("copy", (event) => {
  if (editor.isOpen) return;
  const texts = sheet.cellsIn(sheet.block).map((row) => row.map((cell) => textOf(cell, words)));
  event.clipboardData.setData("text/plain", toTable(texts));
  event.preventDefault();
  status.notice(say(words.copied, { count: texts.flat().length }));
});
sheet.element.addEventListener("paste", (event) => {
  if (editor.isOpen) return;
  event.preventDefault();
  tellDone(words.pasted, pasted(sheet, fromTable(event.clipboardData.getData("text/plain")), words));
});
window.addEventListener("beforeunload", (event) => {
  editor.close(true);
  const mayLose = saver.notes.size || (!kept.isUsable && all.some((cell) => cell.isUnsaved));
  if (mayLose) event.preventDefault();
});
status.tellCell();
status.tellAll(all);

const recalled = [];
for (const record of await kept.recall()) {
  const cell = cells.get(`${record.unit} ${record.code}`);
  if (!cell?.isOpen || record.formVersion !== cell.row.formVersion) continue; // its form's page shows it
  cell.recall(record);
  recalled.push(cell);
}
if (recalled.length) {
  saver.add(recalled);
  tell(recalled);
  status.notice(say(words.recalled, { count: recalled.length }));
}
