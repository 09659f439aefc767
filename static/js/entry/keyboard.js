// The keyboard as in a sheet: Enter and the arrows go from cell to cell, Ctrl+Enter opens the details,
// Escape restores, Ctrl+Z takes back. Arrows keep their own meaning in lists, buttons and long texts.

import { isSame } from "./cell.js";

export function listenToKeyboard(editor, tabs, submit) {
  const goTo = (cell) => {
    tabs.reveal(cell.row);
    cell.focus();
  };

  const step = (cell, by) => {
    const next = editor.beside(cell, by);
    if (next) goTo(next);
    else if (by > 0) submit.focus();
  };

  const toggleDetails = (cell, isInside) => {
    cell.details.open = !isInside;
    if (isInside) cell.control.focus();
    else cell.field("s").focus();
  };

  const takeBack = (event, isAgain) => {
    const cell = editor.cellOf(event.target);
    // While a cell is being typed, the browser takes back single letters.
    if (cell && !isSame(cell.typed(), cell.committed)) return;
    event.preventDefault();
    const changed = isAgain ? editor.redo() : editor.undo();
    if (changed) goTo(changed);
  };

  const escape = (cell, isInside) => {
    if (isInside && isSame(cell.typed(), cell.saved)) toggleDetails(cell, true);
    else editor.restore(cell);
  };

  const pressed = (event) => {
    if (event.isComposing || event.altKey || event.target.closest("dialog")) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (isCommand && (key === "z" || key === "y")) {
      takeBack(event, key === "y" || event.shiftKey);
      return;
    }
    const cell = editor.cellOf(event.target);
    if (!cell || event.target.closest(".conflict, summary")) return;
    const isInside = cell.details.contains(event.target);
    const isLong = event.target.matches("textarea");
    const hasArrows = isLong || event.target.matches("select, [type=radio]");
    const act = {
      Enter: () => (isCommand ? toggleDetails(cell, isInside) : step(cell, 1)),
      ArrowDown: () => step(cell, 1),
      ArrowUp: () => step(cell, -1),
      Escape: () => escape(cell, isInside),
    }[event.key];
    if (!act || (hasArrows && event.key.startsWith("Arrow"))) return;
    if (isLong && event.key === "Enter" && !isCommand) return;
    event.preventDefault();
    act();
  };

  document.addEventListener("keydown", pressed);
}
