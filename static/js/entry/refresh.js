// What other people saved in the same form appears in the cells that one is not working on.
//
// The page is asked for again and read; nothing that was typed here is touched.

import { Cell, isSame } from "./cell.js";
import { restAsPrinted, rest } from "./states.js";

const AT_MOST_EVERY = 15_000; // when merely looked at again

export class Refresh {
  #last = Date.now();
  #isRunning = false;

  constructor(editor) {
    this.editor = editor;
    const seen = () => document.hidden || Date.now() - this.#last < AT_MOST_EVERY || this.run();
    document.addEventListener("visibilitychange", seen);
    window.addEventListener("focus", seen);
  }

  async run() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      const response = await fetch(location.pathname, { headers: { Accept: "text/html" } });
      if (!response.ok || response.redirected) return;
      this.#take(new DOMParser().parseFromString(await response.text(), "text/html"));
    } catch {
      // no way through: the next save will tell
    } finally {
      this.#isRunning = false;
      this.#last = Date.now();
    }
  }

  #take(page) {
    for (const cell of this.editor.order) {
      const row = page.getElementById(cell.row.id);
      if (row?.classList.contains("open")) this.#takeCell(cell, new Cell(row));
    }
    this.editor.form.dataset.version = page.getElementById("entry")?.dataset.version ?? "";
    for (const part of document.querySelectorAll("[data-refreshed]")) {
      const fresh = page.getElementById(part.id);
      if (fresh && !part.contains(document.activeElement)) part.innerHTML = fresh.innerHTML;
      if (fresh) part.hidden = fresh.hidden;
    }
  }

  #takeCell(cell, there) {
    const isBusy = this.editor.saver.isWaiting(cell.code) || !isSame(cell.typed(), cell.saved);
    if (isBusy || there.base === cell.base) return;
    cell.base = there.base;
    cell.show(there.saved);
    cell.saved = cell.committed = cell.typed();
    cell.row.querySelector(".change").textContent = there.row.querySelector(".change").textContent;
    restAsPrinted(there);
    rest(cell, there.rest.state, there.rest.message);
  }
}
