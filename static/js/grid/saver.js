// Sends changed cells, one request at a time and in order. What could not be sent waits in the
// page and is tried again; only leaving the page could lose it, and that asks first.

const CELLS_A_REQUEST = 2000;
const PAUSES = [2, 5, 10, 30]; // seconds between tries

export class Saver {
  /** `report(cells)` is called with the cells that stand differently; `trouble` says why cells wait. */
  constructor({ address, report }) {
    this.address = address;
    this.report = report;
    this.waiting = new Set(); // cells
    this.notes = new Map(); // row -> {rule code: explanation}
    this.trouble = ""; // "", offline, server, signed-out
    this.sentence = "";
    this.isBusy = false;
    this.tries = 0;
    window.addEventListener("online", () => this.send());
    window.addEventListener("focus", () => this.trouble && this.send());
  }

  add(cells) {
    for (const cell of cells) {
      if (cell.isUnsaved) this.waiting.add(cell);
      else this.waiting.delete(cell);
    }
    // Together with whatever else the same keystroke changes.
    queueMicrotask(() => this.send());
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
    try {
      const response = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token(), Accept: "application/json" },
        body: JSON.stringify({ units }),
      });
      const answer = await response.json().catch(() => ({}));
      if (answer.units) return answer; // refused or not, every unit has its answer
      this.sentence = answer.message ?? "";
      if (response.status === 401) this.trouble = "signed-out";
      else if (response.status >= 500) this.trouble = "server";
      else this.trouble = "refused";
    } catch {
      this.trouble = "offline";
      this.sentence = "";
    }
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
      if (cell.edition === edition) this.waiting.delete(cell);
    }
    this.report(
      sent.map(({ cell }) => cell),
      answer.units,
    );
    this.send();
  }

  #wait(cells) {
    for (const cell of this.waiting) cell.progress = "waiting";
    this.report(cells, {});
    const pause = PAUSES[Math.min(this.tries, PAUSES.length - 1)];
    this.tries += 1;
    // Signed out or refused: trying again by itself would only be refused again; coming back to the page tries.
    if (this.trouble !== "refused" && this.trouble !== "signed-out") {
      this.timer = setTimeout(() => this.send(), pause * 1000);
    }
  }
}

function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}
