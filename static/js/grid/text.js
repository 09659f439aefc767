// A cell as text and back: what is copied, pasted and typed. Numbers are not read here: they
// go to the server as they stand, where one parser reads them for every door.

import { BLANK } from "./cells.js";

const plain = (text) => text.normalize("NFC").trim().toLocaleLowerCase("vi");

/** What `cell` holds as text that can be pasted back, here or into a spreadsheet. */
export function textOf(cell, words) {
  const { typed, column } = cell;
  if (!cell.isAsked) return "";
  if (typed.gap === "none") return words.none;
  if (typed.gap === "not_available") return `${words.not_available}: ${typed.reason}`;
  if (typed.gap === "not_applicable") return words.not_applicable;
  if (column.kind === "yes_no") return labelOf(column, typed.value);
  if (column.options.length) return typed.chosen.map((code) => labelOf(column, code)).join("; ");
  return typed.value;
}

function labelOf(column, code) {
  return column.options.find(([known]) => known === code)?.[1] ?? code;
}

function codeOf(column, text) {
  const wanted = plain(text);
  const option = column.options.find(([code, label]) => plain(label) === wanted || plain(code) === wanted);
  return option ? option[0] : text.trim();
}

/** What `text` puts into a cell of `column`; an explanation belongs to its cell and stays out. */
export function typedFrom(text, column, words) {
  const read = plain(text);
  if (read === plain(words.not_applicable)) return { ...BLANK, gap: "not_applicable" };
  if (read.startsWith(plain(words.not_available))) {
    const reason = text.trim().slice(words.not_available.length).replace(/^\s*:\s*/, "");
    return { ...BLANK, gap: "not_available", reason };
  }
  if (column.kind === "yes_no") return { ...BLANK, value: read ? codeOf(column, text) : "" };
  if (column.kind === "choice") return { ...BLANK, chosen: read ? [codeOf(column, text)] : [] };
  if (column.kind === "choices") {
    if (read === plain(words.none)) return { ...BLANK, gap: "none" };
    const parts = text.split(";").filter((part) => part.trim());
    return { ...BLANK, chosen: parts.map((part) => codeOf(column, part)) };
  }
  return { ...BLANK, value: column.kind === "count" ? text.trim() : text };
}

/** Rows of texts as a spreadsheet takes them from the clipboard. */
export function toTable(rows) {
  const quoted = (text) => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(quoted).join("\t")).join("\r\n");
}

/** The rows of texts that a spreadsheet put on the clipboard; its last line end is no row. */
export function fromTable(text) {
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const rows = [[]];
  let at = 0;
  for (;;) {
    const [field, next] = source[at] === '"' ? quotedField(source, at) : bareField(source, at);
    rows.at(-1).push(field);
    if (next >= source.length) return rows;
    if (source[next] === "\n") rows.push([]);
    at = next + 1;
  }
}

function bareField(source, start) {
  let end = start;
  while (end < source.length && source[end] !== "\t" && source[end] !== "\n") end += 1;
  return [source.slice(start, end), end];
}

function quotedField(source, start) {
  let end = start + 1;
  while (end < source.length && (source[end] !== '"' || source[end + 1] === '"')) {
    end += source[end] === '"' ? 2 : 1;
  }
  const follows = source[end + 1];
  if (end >= source.length || (follows !== undefined && follows !== "\t" && follows !== "\n")) {
    return bareField(source, start); // a quotation mark that opens nothing
  }
  return [source.slice(start + 1, end).replaceAll('""', '"'), end + 1];
}
