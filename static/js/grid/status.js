// Two lines of words: beneath the grid how the active cell stands, above it what is not saved yet.

import { TONES } from "./marks.js";
import { say } from "./words.js";

/** Last period's value and the change since, in words; "" where there was none. */
export function beforeOf(cell, words) {
  const change = cell.change && say(words.change, { value: cell.change });
  return cell.before ? [say(words.before, { value: cell.before }), change].filter(Boolean).join(" ") : "";
}

export class Status {
  constructor(root, sheet, saver, words) {
    Object.assign(this, { sheet, saver, words });
    this.part = (name) => root.querySelector(`[data-part="${name}"]`);
    sheet.addEventListener("move", () => this.tellCell());
  }

  /** The active cell: where, state, sentence, last period. */
  tellCell() {
    const { cell } = this.sheet;
    const { words } = this;
    const state = cell.isAsked && cell.lock ? "locked" : cell.state || (cell.saved === cell.typed && cell.typed.value + cell.typed.chosen ? "saved" : "blank");
    this.part("where").textContent = `${cell.row.name} · ${cell.column.label}`;
    this.part("state").textContent = words.states[state];
    this.part("state").className = `state ${TONES[state] ?? ""}`;
    this.part("sentence").textContent = [
      cell.sentence,
      cell.returned && say(words.returned, { reason: cell.returned }),
      cell.typed.explanation && say(words.explained, { text: cell.typed.explanation }),
    ].filter(Boolean).join(" ");
    this.part("before").textContent = beforeOf(cell, words);
  }

  /** What is not saved, and why; `cells` are all cells of the grid. */
  tellAll(cells) {
    const { words, saver } = this;
    const unsaved = cells.filter((cell) => cell.isUnsaved);
    const wrong = unsaved.filter((cell) => cell.trouble);
    const going = saver.count;
    this.#tell("going", going, saver.trouble ? words.waiting : words.going, saver.trouble ? "wait" : "");
    this.#tell("wrong", wrong.length, words.wrong, "err");
    this.part("all-saved").hidden = going + wrong.length > 0;
    const alert = this.part("trouble");
    const sentence = saver.trouble && (saver.sentence || words.troubles[saver.trouble]);
    alert.hidden = !sentence;
    if (this.part("why").textContent !== sentence) this.part("why").textContent = sentence;
    this.part("sign-in").hidden = saver.trouble !== "signed_out";
  }

  #tell(name, count, words, tone) {
    const place = this.part(name);
    place.hidden = !count;
    place.className = `state ${tone}`;
    place.textContent = say(words, { count });
  }

  /** One sentence about what was just done, spoken and shown until the next one. */
  notice(sentence) {
    this.part("notice").textContent = sentence;
  }
}
