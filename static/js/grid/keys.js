// The keyboard, as in a spreadsheet. The table is one tab stop: Tab walks through its cells and
// leaves after the last one; Escape lets the next Tab leave from anywhere.

const PAGE = 10;
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function listenToKeys(sheet, editor, commands) {
  let isLeaving = false;

  const from = (reaches) => (reaches ? sheet.reach : sheet.active);

  function go(row, column, reaches = false) {
    const { row: above, column: left } = from(reaches);
    sheet.moveTo({ row: above + row, column: left + column }, reaches);
  }

  /** The next cell in reading order; false at the ends of the table. */
  function walk(step) {
    const width = sheet.grid.columns.length;
    const next = sheet.active.row * width + sheet.active.column + step;
    if (isLeaving || next < 0 || next >= sheet.grid.rows.length * width) return false;
    sheet.moveTo({ row: Math.floor(next / width), column: next % width });
    return true;
  }

  function plainKey(event) {
    const { key, shiftKey } = event;
    const last = { row: sheet.grid.rows.length - 1, column: sheet.grid.columns.length - 1 };
    if (key in ARROWS) go(...ARROWS[key], shiftKey);
    else if (key === "Enter") go(shiftKey ? -1 : 1, 0);
    else if (key === "Tab") return walk(shiftKey ? -1 : 1);
    else if (key === "Home") sheet.moveTo({ ...from(shiftKey), column: 0 }, shiftKey);
    else if (key === "End") sheet.moveTo({ ...from(shiftKey), column: last.column }, shiftKey);
    else if (key === "PageUp") go(-PAGE, 0, shiftKey);
    else if (key === "PageDown") go(PAGE, 0, shiftKey);
    else if (key === "F2") editor.open();
    else if (key === "Delete" || key === "Backspace") commands.clear();
    else if (key === "Escape") commands.restore();
    else if (key.length === 1) editor.open(key);
    else return false;
    return true;
  }

  function withControl(event) {
    const { shiftKey } = event;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const last = { row: sheet.grid.rows.length - 1, column: sheet.grid.columns.length - 1 };
    const edges = {
      ArrowUp: { ...from(shiftKey), row: 0 },
      ArrowDown: { ...from(shiftKey), row: last.row },
      ArrowLeft: { ...from(shiftKey), column: 0 },
      ArrowRight: { ...from(shiftKey), column: last.column },
      Home: { row: 0, column: 0 },
      End: last,
    };
    if (key in edges) sheet.moveTo(edges[key], shiftKey);
    else if (key === "Enter") commands.details();
    else if (key === "d") commands.fillDown();
    else if (key === "z") commands[shiftKey ? "redo" : "undo"]();
    else if (key === "y") commands.redo();
    else if (key === "a") sheet.select({ top: 0, left: 0, bottom: last.row, right: last.column });
    else return false;
    return true;
  }

  sheet.element.addEventListener("keydown", (event) => {
    if (editor.isOpen || event.altKey || event.isComposing || event.target.closest("a")) return;
    const isDone = event.ctrlKey || event.metaKey ? withControl(event) : plainKey(event);
    isLeaving = event.key === "Escape" || (isLeaving && event.key === "Shift");
    if (isDone) event.preventDefault();
  });
}
