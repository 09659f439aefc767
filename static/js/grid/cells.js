// What the page knows of one cell: what was typed, what is saved, and how it stands.
//
// `typed` is what stands in the cell now, as the server reads it (collection.parsing.Typed);
// `saved` is what the server last confirmed, under the version `base`. A cell that was changed
// again while its first change was under way is told apart by `edition`.

export const BLANK = Object.freeze({ value: "", chosen: [], gap: "", reason: "", explanation: "" });

export function same(one, other) {
  return (
    ["value", "gap", "reason", "explanation"].every((part) => one[part] === other[part]) &&
    one.chosen.length === other.chosen.length &&
    one.chosen.every((code) => other.chosen.includes(code))
  );
}

export class Cell {
  /** `given` is the cell as the page brought it, undefined where the unit is not asked; `place` its {row, column}. */
  constructor(row, column, place, given) {
    this.row = row;
    this.column = column;
    this.place = place;
    this.isAsked = given !== undefined;
    this.typed = { ...BLANK, ...given?.typed };
    this.saved = this.typed;
    this.base = given?.base ?? "0";
    this.shown = given?.shown ?? this.typed.value;
    this.verdict = given?.verdict ?? "";
    this.message = given?.message ?? "";
    this.before = given?.before ?? "";
    this.change = given?.change ?? "";
    this.returned = given?.returned ?? "";
    this.lock = row.locked || given?.locked || "";
    this.edition = 0;
    this.progress = ""; // "", saving, waiting, saved
    this.trouble = ""; // "", invalid, conflict: what was typed stands, and is not saved
    this.theirs = null;
    this.attempts = []; // sent without an answer: the server may have taken them all the same
  }

  get isOpen() {
    return this.isAsked && !this.lock;
  }

  get isUnsaved() {
    return this.isOpen && !same(this.typed, this.saved);
  }

  /** The one word that the cell's mark says; "" where there is nothing to say. */
  get state() {
    if (!this.isAsked) return "notasked";
    return this.trouble || (this.progress === "saved" ? "" : this.progress) || this.standing;
  }

  get standing() {
    if (["broken", "ask"].includes(this.verdict)) return this.verdict;
    if (this.returned) return "returned";
    if (this.progress === "saved") return "saved";
    if (this.typed.explanation) return "explained";
    return this.typed.gap ? "gap" : "";
  }

  /** Why it stands so, for the line beneath the grid. */
  get sentence() {
    return [this.lock, this.message].filter(Boolean).join(" ");
  }

  changeTo(typed) {
    this.typed = typed;
    this.edition += 1;
    this.trouble = "";
    this.progress = same(typed, this.saved) ? "" : "saving";
  }

  /** What was typed on an earlier visit, over the version it was typed over. */
  recall({ typed, base, attempts }) {
    if (same({ ...BLANK, ...typed }, this.saved)) return; // the server took it after all
    this.base = base;
    this.attempts = attempts ?? [];
    this.changeTo({ ...BLANK, ...typed });
  }

  /** No way through: it waits. */
  wait() {
    this.progress = "waiting";
    this.attempts = [...this.attempts, this.typed].slice(-3);
  }

  /** Back to what is saved. */
  restore() {
    this.typed = this.saved;
    this.edition += 1;
    this.trouble = "";
    this.progress = "";
    this.message = "";
    this.theirs = null;
  }

  /** The server's answer about this cell; `edition` is the one that was sent. */
  answered(answer, edition) {
    const ours = answer.state === "conflict" && this.attempts.some((typed) => same(typed, answer.theirs.typed));
    this.attempts = [];
    if (ours) {
      // Our own earlier attempt, whose answer got lost on the way.
      this.base = answer.theirs.version;
      this.edition += 1;
      return;
    }
    if (answer.state === "saved" || answer.state === "unchanged") {
      this.saved = { ...BLANK, ...typedOf(answer.typed) };
      this.base = answer.version;
      this.shown = answer.shown;
      this.change = answer.change ?? "";
    }
    if (this.edition !== edition) return; // changed meanwhile: that change is on its way
    this.message = answer.message ?? "";
    if (answer.state === "saved" || answer.state === "unchanged") {
      this.typed = this.saved;
      this.progress = "saved";
      this.trouble = "";
      this.theirs = null;
      this.judged(answer.verdict, answer.message);
    } else {
      this.progress = "";
      this.trouble = answer.state === "conflict" ? "conflict" : "invalid";
      this.theirs = answer.theirs ?? null;
    }
  }

  /** What the rules say of the saved content. */
  judged(verdict, message) {
    if (this.trouble) return;
    this.verdict = verdict === "ok" || verdict === "empty" ? "" : (verdict ?? "");
    this.message = this.verdict ? (message ?? "") : "";
  }

  /** Their value instead of mine. */
  takeTheirs() {
    this.saved = { ...BLANK, ...typedOf(this.theirs.typed) };
    this.shown = this.theirs.shown;
    this.base = this.theirs.version;
    this.restore();
  }

  /** Mine after all, knowing theirs. */
  keepMine() {
    this.saved = { ...BLANK, ...typedOf(this.theirs.typed) };
    this.shown = this.theirs.shown;
    this.base = this.theirs.version;
    this.theirs = null;
    this.changeTo(this.typed);
  }
}

function typedOf({ value, chosen, gap, reason, explanation }) {
  return { value, chosen, gap, reason, explanation };
}
