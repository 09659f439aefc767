// What was typed and has not reached the server, in the same store as the school's own form: it
// outlives a closed tab, is shown to nobody else who uses this computer, and waits on the form too.

import { Outbox, waitingOf } from "../entry/outbox.js";

export class Kept {
  constructor({ user, period, form }) {
    this.place = { user, period, form };
    this.boxes = new Map(); // row -> outbox
    this.order = Date.now();
  }

  #box(row) {
    if (!this.boxes.has(row)) {
      this.boxes.set(row, new Outbox({ ...this.place, unit: row.unit, formVersion: row.formVersion }));
    }
    return this.boxes.get(row);
  }

  /** Whether a closed tab loses nothing. */
  get isUsable() {
    return [...this.boxes.values()].every(({ isUsable }) => isUsable);
  }

  put({ row, column, typed, base, attempts }) {
    this.order += 1;
    this.#box(row).put({ code: column.code, typed, base, order: this.order, isDraft: false, attempts });
  }

  drop({ row, column }) {
    this.#box(row).remove(column.code);
  }

  /** The records of this grid's forms that wait to be sent, the oldest first; what is half typed stays. */
  async recall() {
    const { user, period, form } = this.place;
    const records = await waitingOf(user).catch(() => []);
    const ours = records.filter((one) => one.period === period && one.form === form && !one.isDraft);
    return ours.sort((one, other) => one.order - other.order);
  }
}
