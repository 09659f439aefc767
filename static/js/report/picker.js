// The picker: an indicator is found by code or words, without diacritics; what is chosen goes into the text.

import { make } from "../entry/make.js";
import { say } from "../entry/texts.js";
import { fold } from "../folding.js";
import { type } from "./texts.js";

const MOST_GROUPS = 8;

export class Picker {
  #groups = null;

  constructor(dialog, area, address) {
    Object.assign(this, { dialog, area, address });
    this.search = dialog.querySelector("input");
    this.found = dialog.querySelector("#picker-found");
    this.search.addEventListener("input", () => this.#show());
    dialog.addEventListener("keydown", (event) => this.#move(event));
    dialog.querySelector("[data-closes]").addEventListener("click", () => dialog.close());
  }

  async open() {
    if (this.dialog.open) return;
    this.caret = [this.area.selectionStart, this.area.selectionEnd]; // lost while the dialog is over it
    this.dialog.showModal();
    this.search.select();
    this.#groups ??= await this.#read();
    this.#show();
  }

  async #read() {
    try {
      const answer = await fetch(this.address, { headers: { Accept: "application/json" } });
      return (await answer.json()).groups;
    } catch {
      return null; // asked again when the picker is opened again
    }
  }

  #show() {
    if (!this.#groups) {
      this.found.replaceChildren(make("p", { className: "muted" }, say("picker_offline")));
      return;
    }
    const words = fold(this.search.value).split(" ");
    const fitting = this.#groups.filter(({ search }) => words.every((word) => search.includes(word)));
    const lines = fitting.slice(0, MOST_GROUPS).map((group) => this.#group(group));
    this.found.replaceChildren(
      ...(lines.length ? lines : [make("p", { className: "muted" }, say("nothing_found"))]),
    );
    this.found.scrollTop = 0;
  }

  #group({ code, title, items }) {
    const heading = make("h3", {}, code ? make("span", { className: "muted" }, `${code} `) : null, title);
    return make("section", {}, heading, make("ul", {}, ...items.map((one) => make("li", {}, this.#item(one)))));
  }

  #item(item) {
    return make(
      "button",
      { type: "button", className: "insertion", onclick: () => this.#insert(item) },
      make("span", {}, item.label),
      item.text ? make("strong", {}, item.text) : make("code", {}, item.token),
    );
  }

  #insert({ token, is_block: isBlock }) {
    this.dialog.close();
    const { value } = this.area;
    const [start, end] = this.caret;
    const before = isBlock && start > 0 && value[start - 1] !== "\n" ? "\n" : "";
    const after = isBlock && end < value.length && value[end] !== "\n" ? "\n" : "";
    this.area.focus();
    this.area.setSelectionRange(start, end);
    type(this.area, `${before}${token}${after}`);
  }

  /** Arrows go from the search to what was found and through it; Enter in the search takes the first. */
  #move(event) {
    const buttons = [...this.found.querySelectorAll("button")];
    const place = buttons.indexOf(document.activeElement);
    if (event.key === "Enter" && event.target === this.search) buttons[0]?.click();
    else if (event.key === "ArrowDown") (buttons[place + 1] ?? buttons[place])?.focus();
    else if (event.key === "ArrowUp" && place >= 0) (buttons[place - 1] ?? this.search).focus();
    else return;
    event.preventDefault();
  }
}
