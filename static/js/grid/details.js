// The dialog of one cell: its answer, why it is empty, its explanation, and, where somebody else
// changed it meanwhile, both values to choose from.

import { BLANK } from "./cells.js";
import { beforeOf } from "./status.js";
import { say } from "./words.js";

export class Details {
  /** `act` takes {commit(cell, typed), explain(row, texts), take(cell), keep(cell)}. */
  constructor(dialog, sheet, words, act) {
    Object.assign(this, { dialog, sheet, words, act });
    this.form = dialog.querySelector("form");
    this.part = (name) => dialog.querySelector(`[data-part="${name}"]`);
    this.form.addEventListener("submit", (event) => this.#save(event));
    dialog.addEventListener("close", () => sheet.element.focus({ preventScroll: true }));
    this.part("cancel").addEventListener("click", () => dialog.close());
    for (const name of ["take", "keep"]) {
      this.part(name).addEventListener("click", () => {
        dialog.close();
        act[name](this.cell);
      });
    }
    this.part("gap").addEventListener("change", () => this.#follow());
  }

  /** `part` is where to begin: the answer, or why it is empty. */
  open(part = "answer") {
    const { cell } = this.sheet;
    if (!cell.isAsked) return;
    this.cell = cell;
    this.part("title").textContent = cell.column.label;
    this.part("unit").textContent = cell.row.name;
    this.part("notes").replaceChildren(...this.#notes().map(paragraph));
    this.part("form").href = `${cell.row.address}#v-${cell.column.code}`;
    this.#both();
    this.#answer();
    this.#gaps(cell.typed.gap);
    this.part("reason").value = cell.typed.reason;
    this.part("explanation").value = cell.typed.explanation;
    this.#rules();
    for (const control of this.part("fields").querySelectorAll("input, select, textarea")) control.disabled = !cell.isOpen;
    this.part("save").hidden = !cell.isOpen;
    this.#follow();
    this.dialog.showModal();
    this.#begin(part);
  }

  #begin(part) {
    const { cell } = this;
    if (cell.theirs) this.part("keep").focus();
    else if (!cell.isOpen) this.part("cancel").focus();
    else if (part === "gap") this.part("gap").focus();
    else if (cell.verdict === "ask") (this.part("rules").querySelector("textarea") ?? this.part("explanation")).focus();
    else this.part("answer").querySelector("input:checked, input, textarea").focus();
  }

  #notes() {
    const { cell, words } = this;
    return [
      cell.sentence,
      cell.returned && say(words.returned, { reason: cell.returned }),
      beforeOf(cell, words),
      cell.column.help,
    ].filter(Boolean);
  }

  #both() {
    const { theirs } = this.cell;
    this.part("both").hidden = !theirs;
    if (theirs) this.part("theirs").textContent = say(this.words.theirs, { who: theirs.by, at: theirs.at, value: theirs.shown });
  }

  /** The input that fits the element: text, one of a list, or several of it. */
  #answer() {
    const { column, typed } = this.cell;
    const place = this.part("answer");
    if (column.options.length) {
      const chosen = column.kind === "yes_no" ? [typed.value] : typed.chosen;
      place.replaceChildren(...column.options.map(([code, label]) => option(column.kind, code, label, chosen.includes(code))));
      return;
    }
    const input = document.createElement(column.kind === "text" ? "textarea" : "input");
    input.name = "value";
    input.value = typed.value;
    input.autocomplete = "off";
    if (column.kind === "count") input.inputMode = "numeric";
    input.setAttribute("aria-label", this.words.answer);
    place.replaceChildren(input);
  }

  #gaps(chosen) {
    const { words, cell } = this;
    const gaps = ["", ...(cell.column.kind === "choices" ? ["none"] : []), "empty", "not_available", "not_applicable"];
    this.part("gap").replaceChildren(...gaps.map((gap) => new Option(words.gaps[gap], gap, false, gap === chosen)));
  }

  /** A line for each rule that asks for an explanation of this cell and others together. */
  #rules() {
    const { row, column } = this.cell;
    this.rules = row.rules.filter(({ cells }) => cells.includes(column.code));
    this.part("rules").replaceChildren(...this.rules.map(({ code, sentence, explanation }) => {
      const field = document.createElement("div");
      field.className = "field";
      const label = document.createElement("label");
      label.textContent = say(this.words.explain, { sentence });
      label.htmlFor = `rule-${code}`;
      const text = document.createElement("textarea");
      Object.assign(text, { id: `rule-${code}`, name: code, rows: 2, maxLength: 400, value: explanation });
      field.append(label, text);
      return field;
    }));
  }

  #explained() {
    const texts = this.rules.map(({ code, explanation }) => [code, this.form.elements[`rule-${code}`].value.trim(), explanation]);
    const changed = texts.filter(([, text, before]) => text !== before);
    if (changed.length) this.act.explain(this.cell.row, Object.fromEntries(changed));
  }

  #follow() {
    const needsReason = this.part("gap").value === "not_available";
    this.part("reason-field").hidden = !needsReason;
    this.part("reason").required = needsReason;
  }

  #save(event) {
    event.preventDefault();
    const { cell } = this;
    const gap = this.part("gap").value;
    const answers = gap ? [] : new FormData(this.form).getAll("value").filter(Boolean);
    const typed = {
      ...BLANK,
      gap: gap === "empty" ? "" : gap,
      reason: gap === "not_available" ? this.part("reason").value.trim() : "",
      explanation: this.part("explanation").value.trim(),
    };
    if (cell.column.kind === "choice" || cell.column.kind === "choices") typed.chosen = answers;
    else typed.value = answers[0] ?? "";
    this.dialog.close();
    this.#explained();
    this.act.commit(cell, typed);
  }
}

function option(kind, code, label, isChosen) {
  const whole = document.createElement("label");
  const input = document.createElement("input");
  input.type = kind === "choices" ? "checkbox" : "radio";
  Object.assign(input, { name: "value", value: code, checked: isChosen });
  whole.append(input, ` ${label}`);
  return whole;
}

function paragraph(text) {
  const whole = document.createElement("p");
  whole.textContent = text;
  return whole;
}
