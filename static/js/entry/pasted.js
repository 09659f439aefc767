// What a spreadsheet put on the clipboard, read against the cells it is pasted over. Pure but for the
// labels of a cell's choices, which it reads from the cell.

import { readCount } from "./numbers.js";

/** Rows of tab-separated text; a quoted cell may hold tabs and line breaks. */
export function rowsOf(text) {
  const rows = [[]];
  let isQuoted = false;
  let cell = "";
  const endCell = () => {
    rows.at(-1).push(cell.trim());
    cell = "";
  };
  for (let place = 0; place < text.length; place += 1) {
    const letter = text[place];
    if (isQuoted && letter === '"' && text[place + 1] === '"') {
      cell += '"';
      place += 1;
    } else if (letter === '"' && (isQuoted || !cell)) isQuoted = !isQuoted;
    else if (letter === "\t" && !isQuoted) endCell();
    else if (letter === "\n" && !isQuoted) {
      endCell();
      rows.push([]);
    } else if (letter !== "\r") cell += letter;
  }
  endCell();
  while (rows.length && rows.at(-1).every((one) => !one)) rows.pop();
  return rows;
}

const isWords = (text) => text !== "" && readCount(text).fault === "not_digits";

/** The one column of values in `rows`: [{label, text}].

    A single row counts as a column. Where the first column holds words and a second follows, the
    words are labels; otherwise the first column holds the values. */
export function columnOf(rows) {
  if (rows.length === 1 && !isWords(rows[0][0])) return rows[0].map((text) => ({ label: "", text }));
  const named = rows.filter((row) => row.length > 1 && isWords(row[0])).length;
  const hasLabels = rows.some((row) => row.length > 1) && named * 2 > rows.length;
  return rows.map((row) =>
    hasLabels ? { label: row[0], text: row[1] ?? "" } : { label: "", text: row[0] },
  );
}

const plain = (text) => text.normalize("NFC").trim().toLowerCase();

/** The value of the one choice of `cell` that `text` names; undefined where none or several do. */
function choiceNamed(cell, text) {
  const options =
    cell.kind === "choice"
      ? [...cell.control.options].filter((option) => option.value).map(({ value, text: label }) => [value, label])
      : cell.answers.map((input) => [input.value, input.closest("label").textContent]);
  const found = options.filter(([value, label]) => plain(label) === plain(text) || plain(value) === plain(text));
  return found.length === 1 ? found[0][0] : undefined;
}

/** What `text` means in `cell`: {typed}, also {number} for a count; {isBlank}; or {fault}. */
export function understood(cell, text) {
  if (!text.trim()) return { isBlank: true };
  const typed = { ...cell.typed(), value: "", chosen: [], gap: "", reason: "" };
  if (cell.kind === "text") return { typed: { ...typed, value: text } };
  if (cell.kind === "count") {
    const { number, fault } = readCount(text);
    return fault ? { fault } : { number, typed: { ...typed, value: text } };
  }
  const names = cell.kind === "choices" ? text.split(/[,;\n]/).filter((name) => name.trim()) : [text];
  const chosen = names.map((name) => choiceNamed(cell, name));
  if (chosen.includes(undefined)) return { fault: "not_a_choice" };
  return { typed: cell.kind === "yes_no" ? { ...typed, value: chosen[0] } : { ...typed, chosen } };
}

/** Line by line where each pasted value goes: [{cell, label, text, ...understood}]; `cell` is undefined
    beyond the last cell of the form. */
export function planned(cells, column) {
  return column.map(({ label, text }, place) => {
    const cell = cells[place];
    return { cell, label, text, ...(cell ? understood(cell, text) : { fault: "beyond" }) };
  });
}
