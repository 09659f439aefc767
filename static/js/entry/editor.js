// The cells of the page and what happens to them: typed, left, restored, undone.

import { Cell, isSame, NOTHING_TYPED } from "./cell.js";
import { regrouped } from "./numbers.js";
import { rulesAsking } from "./rules.js";
import { ruleCode } from "./saver.js";
import { restAsPrinted, show } from "./states.js";
import { isEnglish, say } from "./texts.js";
import { Undo } from "./undo.js";

export class Editor {
  constructor(form, saver) {
    this.form = form;
    this.saver = saver;
    this.undoing = new Undo();
    this.cells = new Map();
    for (const row of form.querySelectorAll("tr.open")) {
      const cell = new Cell(row);
      restAsPrinted(cell);
      this.cells.set(cell.code, cell);
    }
    this.order = [...this.cells.values()];
    form.addEventListener("input", (event) => this.#typed(event));
    form.addEventListener("change", (event) => this.#changed(event));
    form.addEventListener("focusout", (event) => this.#left(event));
  }

  /** The cell that an element stands in, if any. */
  cellOf(element) {
    const row = element?.closest?.("tr.open");
    return row ? this.cells.get(row.id.slice(2)) : undefined;
  }

  /** The next (1) or previous (-1) cell. */
  beside(cell, step) {
    return this.order[this.order.indexOf(cell) + step];
  }

  #typed({ target }) {
    const cell = this.cellOf(target);
    if (!cell) return;
    if (target.name === `v-${cell.code}` && cell.field("s").value) this.#noLongerEmpty(cell);
    const typed = cell.typed();
    if (isSame(typed, cell.committed)) {
      this.#backAsItWas(cell);
      return;
    }
    show(cell, "typing");
    this.saver.draft(cell.code, typed, cell.base);
  }

  #changed({ target }) {
    const cell = this.cellOf(target);
    if (!cell) return;
    if (target.matches("[data-count]")) target.value = regrouped(target.value, isEnglish);
    if (target.name === `s-${cell.code}`) this.#gapChosen(cell);
    this.commit(cell);
  }

  #left({ target, relatedTarget }) {
    const cell = this.cellOf(target);
    if (cell && !cell.row.contains(relatedTarget)) this.commit(cell);
  }

  /** An answer replaces "not available", "none of these" and the like. */
  #noLongerEmpty(cell) {
    cell.field("s").value = "";
    cell.field("r").value = "";
  }

  /** A word about why it is empty replaces the answer. */
  #gapChosen(cell) {
    const gap = cell.field("s").value;
    if (gap) cell.showAnswer("", []);
    if (gap !== "not_available") cell.field("r").value = "";
    if (cell.lacksReason) cell.field("r").focus();
  }

  #backAsItWas(cell) {
    if (isSame(cell.committed, cell.saved) && !this.saver.isInFlight(cell.code)) this.saver.forget(cell.code);
    if (!this.saver.isWaiting(cell.code)) show(cell, cell.rest.state, cell.rest.message);
  }

  /** Hand a cell on to be saved, if it changed. */
  commit(cell) {
    const typed = cell.typed();
    if (isSame(typed, cell.committed)) return;
    if (cell.lacksReason) {
      show(cell, "reason", say("reason_first"));
      this.saver.draft(cell.code, typed, cell.base);
      return;
    }
    this.undoing.push([{ code: cell.code, before: cell.committed, after: typed }]);
    this.#handOver(cell, typed);
  }

  commitAll() {
    this.order.forEach((cell) => this.commit(cell));
  }

  #handOver(cell, typed) {
    const { explanation } = typed;
    if (explanation.trim() && explanation !== cell.committed.explanation) this.#explainRules(cell, explanation);
    cell.committed = typed;
    show(cell, "waiting");
    this.saver.enqueue(cell.code, typed, cell.base);
  }

  /** What is said in a cell's row also answers the soft rules that ask about the cell. */
  #explainRules(cell, explanation) {
    for (const code of rulesAsking(cell.code)) {
      this.saver.enqueue(ruleCode(code), { ...NOTHING_TYPED, explanation }, "0");
    }
  }

  /** Fill several cells at once, as one step to undo: [{cell, typed}]. */
  fill(changes) {
    const steps = changes.map(({ cell, typed }) => ({ code: cell.code, before: cell.committed, after: typed }));
    this.undoing.push(steps);
    this.#apply(steps.map(({ code, after }) => ({ code, to: after })));
  }

  undo() {
    return this.#apply(this.undoing.back());
  }

  redo() {
    return this.#apply(this.undoing.again());
  }

  /** Returns the first cell that changed. */
  #apply(step) {
    const changed = (step ?? []).map(({ code, to }) => [this.cells.get(code), to]).filter(([cell]) => cell);
    for (const [cell, typed] of changed) {
      cell.show(typed);
      this.#handOver(cell, typed);
    }
    return changed[0]?.[0];
  }

  /** Escape: what the server holds stands in the cell again. */
  restore(cell) {
    if (isSame(cell.typed(), cell.saved) && isSame(cell.committed, cell.saved)) return;
    cell.show(cell.saved);
    if (this.saver.isInFlight(cell.code)) {
      this.#handOver(cell, cell.saved);
      return;
    }
    cell.committed = cell.saved;
    this.saver.forget(cell.code);
    cell.row.querySelector(".conflict")?.remove();
    show(cell, cell.rest.state, cell.rest.message);
  }

  /** What waited in the browser since an earlier visit stands in its cell again, over the version it was
      typed over. */
  putBack(records) {
    for (const record of records) {
      const cell = this.cells.get(record.code);
      if (!cell) continue;
      cell.base = record.base;
      cell.show(record.typed);
      if (!record.isDraft) cell.committed = record.typed;
      show(cell, record.isDraft ? "typing" : "waiting");
    }
  }
}
