// Undo and redo: each step is a list of {cell, before, after}, so that a paste is one step.

export class History {
  constructor() {
    this.done = [];
    this.undone = [];
  }

  add(step) {
    this.done.push(step);
    this.undone = [];
  }

  /** The changes that take the last step back, or null. */
  undo() {
    return this.#turn(this.done, this.undone, ({ cell, before }) => ({ cell, typed: before }));
  }

  redo() {
    return this.#turn(this.undone, this.done, ({ cell, after }) => ({ cell, typed: after }));
  }

  #turn(from, to, change) {
    const step = from.pop();
    if (!step) return null;
    to.push(step);
    return step.map(change);
  }
}
