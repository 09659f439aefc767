// Typing into a cell: an input or a list in its place, until Enter, Tab, an arrow or Escape.

import { BLANK } from "./cells.js";

export class Editor {
  /** `commit(cell, typed, move)` takes what was typed and, as {row, column}, where to go next. */
  constructor(sheet, { commit, details }) {
    this.sheet = sheet;
    this.commit = commit;
    this.details = details;
    this.input = null;
  }

  get isOpen() {
    return this.input !== null;
  }

  /** Begin in the active cell; `key` is the character that began it and replaces what stood there. */
  open(key = "") {
    const { cell } = this.sheet;
    if (!cell.isOpen) return;
    const needsRoom = cell.column.kind === "choices" || cell.typed.value.includes("\n");
    if (needsRoom || key === "-") {
      this.details(key === "-" ? "gap" : "answer");
      return;
    }
    this.cell = cell;
    this.input = cell.column.options.length ? list(cell, key) : line(cell, key);
    this.input.classList.add("editor");
    this.input.setAttribute("aria-label", `${cell.column.label}, ${cell.row.name}`);
    this.movesByArrow = Boolean(key) && !cell.column.options.length;
    this.sheet.place.replaceChildren(this.input);
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.close(true));
    this.input.focus();
  }

  #key(event) {
    event.stopPropagation();
    const move = moveOf(event, this.movesByArrow, this.input.tagName === "SELECT");
    if (event.key === "Escape") this.close(false);
    else if (move) this.close(true, move);
    else return;
    event.preventDefault();
  }

  close(keeps, move = null) {
    if (!this.input) return;
    const { input, cell } = this;
    this.input = null;
    const typed = typedIn(input, cell);
    input.remove();
    this.sheet.refresh([cell]);
    if (move || !keeps) this.sheet.element.focus({ preventScroll: true });
    if (keeps) this.commit(cell, typed, move);
  }
}

function line(cell, key) {
  const input = document.createElement("input");
  input.value = key || cell.typed.value;
  input.autocomplete = "off";
  if (cell.column.kind === "count") input.inputMode = "numeric";
  return input;
}

function list(cell, key) {
  const select = document.createElement("select");
  const chosen = cell.column.kind === "yes_no" ? cell.typed.value : (cell.typed.chosen[0] ?? "");
  for (const [code, label] of [["", ""], ...cell.column.options]) {
    select.add(new Option(label, code, false, code === chosen));
  }
  const begun = key.toLocaleLowerCase("vi");
  const option = begun && cell.column.options.find(([code, label]) => code === begun || label.toLocaleLowerCase("vi").startsWith(begun));
  if (option) select.value = option[0];
  return select;
}

/** What stands in the input, as typed into the cell; a gap said before gives way to an answer. */
function typedIn(input, cell) {
  const { explanation } = cell.typed;
  const { kind } = cell.column;
  if (kind === "choice") return withGap(cell, { ...BLANK, chosen: input.value ? [input.value] : [], explanation });
  return withGap(cell, { ...BLANK, value: kind === "text" ? input.value : input.value.trim(), explanation });
}

function withGap(cell, typed) {
  const isBlank = !typed.value && !typed.chosen.length;
  return isBlank && cell.typed.gap ? { ...typed, gap: cell.typed.gap, reason: cell.typed.reason } : typed;
}

/** Where a key leads out of the input, or null: arrows only while they do not move in the text. */
function moveOf({ key, shiftKey }, movesByArrow, isList) {
  const step = shiftKey ? -1 : 1;
  if (key === "Enter") return { row: step, column: 0 };
  if (key === "Tab") return { row: 0, column: step };
  if (isList) return null;
  if (key === "ArrowDown") return { row: 1, column: 0 };
  if (key === "ArrowUp") return { row: -1, column: 0 };
  if (movesByArrow && key === "ArrowRight") return { row: 0, column: 1 };
  if (movesByArrow && key === "ArrowLeft") return { row: 0, column: -1 };
  return null;
}
