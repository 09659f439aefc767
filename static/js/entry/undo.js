// What was changed, step by step, to take back and to do again. A step is a list of changes
// {code, before, after}: one for a cell that was typed, all of them for a paste.

const MOST = 200;

export class Undo {
  #done = [];
  #undone = [];

  push(changes) {
    if (!changes.length) return;
    this.#done.push(changes);
    this.#done = this.#done.slice(-MOST);
    this.#undone = [];
  }

  /** The last step, to be taken back: [{code, to}]; null when there is none. */
  back() {
    const step = this.#done.pop();
    if (!step) return null;
    this.#undone.push(step);
    return step.map(({ code, before }) => ({ code, to: before }));
  }

  /** The step taken back last, to be done again. */
  again() {
    const step = this.#undone.pop();
    if (!step) return null;
    this.#done.push(step);
    return step.map(({ code, after }) => ({ code, to: after }));
  }
}
