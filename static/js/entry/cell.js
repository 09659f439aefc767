// One cell of the form: its inputs read as text, filled from text, focused.

export const NOTHING_TYPED = { value: "", chosen: [], gap: "", reason: "", explanation: "" };
const BUTTONS = ["radio", "checkbox"];

/** Whether two typed contents are the same, spaces at the ends aside. */
export function isSame(one, other) {
  const [left, right] = [one ?? NOTHING_TYPED, other ?? NOTHING_TYPED];
  const texts = ["value", "gap", "reason", "explanation"];
  return (
    texts.every((name) => (left[name] ?? "").trim() === (right[name] ?? "").trim()) &&
    [...(left.chosen ?? [])].sort().join("\n") === [...(right.chosen ?? [])].sort().join("\n")
  );
}

export class Cell {
  constructor(row) {
    this.row = row;
    this.code = row.id.slice(2);
    this.kind = row.dataset.kind;
    this.saved = this.typed(); // what the server holds, as far as this page knows
    this.committed = this.saved; // what was last handed on to be saved
  }

  get label() {
    return this.row.querySelector("th .name").textContent.trim();
  }

  field(prefix) {
    return this.row.querySelector(`[name="${prefix}-${this.code}"]`);
  }

  get answers() {
    return [...this.row.querySelectorAll(`[name="v-${this.code}"]`)];
  }

  /** Where the keyboard lands: the input, or the chosen (else the first) button of a group. */
  get control() {
    const answers = this.answers;
    return answers.find((input) => input.checked) ?? answers[0];
  }

  get base() {
    return this.field("b").value;
  }

  set base(version) {
    this.field("b").value = version;
  }

  get details() {
    return this.row.querySelector("details.gap");
  }

  typed() {
    const answers = this.answers;
    const isSeveral = this.kind === "choice" || this.kind === "choices";
    const given = BUTTONS.includes(answers[0].type)
      ? answers.filter((input) => input.checked).map((input) => input.value)
      : [answers[0].value];
    return {
      value: isSeveral ? "" : (given[0] ?? ""),
      chosen: isSeveral ? given.filter(Boolean) : [],
      gap: this.field("s").value,
      reason: this.field("r").value,
      explanation: this.field("e").value,
    };
  }

  /** Fill the inputs. */
  show(typed) {
    this.showAnswer(typed.value, typed.chosen);
    this.#set(this.field("s"), typed.gap);
    this.#set(this.field("r"), typed.reason);
    this.#set(this.field("e"), typed.explanation);
    if (typed.gap || typed.reason || typed.explanation) this.details.open = true;
  }

  showAnswer(value, chosen = []) {
    const isSeveral = this.kind === "choice" || this.kind === "choices";
    const wanted = isSeveral ? chosen : [value];
    for (const input of this.answers) {
      if (BUTTONS.includes(input.type)) input.checked = wanted.includes(input.value);
      else this.#set(input, wanted[0] ?? "");
    }
  }

  /** Setting a value moves the caret, so only what differs is set. */
  #set(field, text) {
    if (field.value !== text) field.value = text;
  }

  /** Whether a reason is still owed: "not available" is not sent without one. */
  get lacksReason() {
    return this.field("s").value === "not_available" && !this.field("r").value.trim();
  }

  get hasFocus() {
    return this.row.contains(document.activeElement);
  }

  focus() {
    const control = this.control;
    control.focus();
    if (control.matches("[data-count]")) control.select();
    this.row.scrollIntoView({ block: "nearest" });
  }
}
