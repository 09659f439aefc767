// Sends changed cells, one request at a time and in order. A cell is kept in the browser from the
// change until the server has taken it; what could not be sent is tried again.

import { post } from "../entry/line.js";

const CELLS_A_REQUEST = 2000;
const PAUSES = [2, 5, 10, 30]; // seconds between tries

export class Saver {
  /** `report(cells)` is called with the cells that stand differently; `trouble` says why cells wait. */
  constructor({ address, user, kept, report }) {
    this.address = address;
    this.user = user;
    this.kept = kept;
    this.report = report;
    this.waiting = new Set(); // cells
    this.notes = new Map(); // row -> {rule code: explanation}
    this.trouble = ""; // "", or as line.js says: offline, server, signed_out, refused
    this.sentence = "";
    this.isBusy = false;
    this.tries = 0;
    window.addEventListener("online", () => this.send());
    window.addEventListener("focus", () => this.trouble && this.send());
  }

  add(cells) {
    for (const cell of cells) {
      this.#keep(cell);
      if (cell.isUnsaved) this.waiting.add(cell);
      else this.waiting.delete(cell);
    }
    // Together with whatever else the same keystroke changes.
    queueMicrotask(() => this.send());
  }

  #keep(cell) {
    if (cell.isUnsaved) this.kept.put(cell);
    else this.kept.drop(cell);
  }

  /** Say something to rules that a unit's cells break together. */
  explain(row, texts) {
    this.notes.set(row, { ...this.notes.get(row), ...texts });
    queueMicrotask(() => this.send());
  }

  /** How many cells and explanations are on their way or wait. */
  get count() {
    return this.waiting.size + this.notes.size;
  }

  async send() {
    if (this.isBusy || !this.count) return;
    this.isBusy = true;
    clearTimeout(this.timer);
    const notes = [...this.notes];
    const room = CELLS_A_REQUEST - notes.length;
    const sent = [...this.waiting].slice(0, room).map((cell) => ({ cell, edition: cell.edition }));
    const answer = await this.#post(sent.map(({ cell }) => cell), notes);
    this.isBusy = false;
    if (answer) this.#settle(sent, notes, answer);
    else this.#wait(sent.map(({ cell }) => cell));
  }

  async #post(cells, notes) {
    const units = {};
    const of = ({ unit }) => (units[unit] ??= { cells: {}, rules: {} });
    for (const { row, column, typed, base } of cells) of(row).cells[column.code] = { ...typed, base };
    for (const [row, texts] of notes) of(row).rules = texts;
    const { line, answer, message } = await post(this.address, { units }, this.user);
    if (answer?.units) return answer; // refused or not, every unit has its answer
    this.trouble = line;
    this.sentence = message ?? "";
    return null;
  }

  #settle(sent, notes, answer) {
    this.trouble = "";
    this.tries = 0;
    for (const [row, texts] of notes) if (this.notes.get(row) === texts) this.notes.delete(row);
    for (const { cell, edition } of sent) {
      const unit = answer.units[cell.row.unit];
      const told = unit?.cells?.[cell.column.code] ?? { state: "refused", message: unit?.message ?? "" };
      cell.answered(told, edition);
      this.#keep(cell);
      if (cell.edition === edition) this.waiting.delete(cell);
    }
    this.report(
      sent.map(({ cell }) => cell),
      answer.units,
    );
    this.send();
  }

  #wait(cells) {
    for (const cell of this.waiting) cell.wait();
    for (const cell of cells) this.kept.put(cell);
    this.report(cells, {});
    const pause = PAUSES[Math.min(this.tries, PAUSES.length - 1)];
    this.tries += 1;
    // Signed out or refused: trying again by itself would only be refused again; coming back to the page tries.
    if (this.trouble !== "refused" && this.trouble !== "signed_out") {
      this.timer = setTimeout(() => this.send(), pause * 1000);
    }
  }
}
