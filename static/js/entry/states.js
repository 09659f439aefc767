// What a row says about its cell: an icon and a word, the sentence beneath the input, and the
// explanation opened where one is asked for.

import { make } from "./make.js";
import { say } from "./texts.js";

// State -> class of the word (css/components.css) and of the row.
const LOOKS = {
  saved: ["ok", ""],
  empty: ["", ""],
  typing: ["typing", ""],
  saving: ["busy", ""],
  waiting: ["wait", ""],
  reason: ["ask", "ask"],
  ask: ["ask", "ask"],
  returned: ["ask", "ask"],
  conflict: ["ask", "ask"],
  broken: ["err", "err"],
  invalid: ["err", "err"],
};
const OF_VERDICT = { ok: "saved", empty: "empty", missing: "empty", ask: "ask", broken: "broken" };

/** The state that a cell has come to rest in, from the server's verdict. */
export const stateOf = (verdict) => OF_VERDICT[verdict] ?? "saved";

/** Show `state` with its sentence; without `message` the sentence that stands there stays. */
export function show(cell, state, message) {
  const [tone, row] = LOOKS[state];
  const word = cell.row.querySelector(".standing .state");
  word.className = `state ${tone}`.trim();
  word.dataset.state = state;
  word.textContent = say(`state_${state}`);
  cell.row.classList.toggle("err", row === "err");
  cell.row.classList.toggle("ask", row === "ask");
  if (message !== undefined) showMessage(cell, state, message);
}

/** A state in which the cell rests until something is typed; Escape comes back to it. */
export function rest(cell, state, message = "") {
  cell.rest = { state, message };
  show(cell, state, message);
  if (state === "ask") cell.details.open = true;
}

/** How the server printed the row. */
export function restAsPrinted(cell) {
  const { state } = cell.row.querySelector(".standing .state").dataset;
  const message = cell.row.querySelector(".errorlist, .notes")?.textContent.trim() ?? "";
  cell.rest = { state, message };
}

function showMessage(cell, state, message) {
  const isFault = state === "invalid" || state === "reason";
  for (const old of cell.row.querySelectorAll(".errorlist, .notes")) old.remove();
  const control = cell.answers.length === 1 ? cell.control : cell.row.querySelector("fieldset");
  control.toggleAttribute("aria-invalid", false);
  if (isFault && cell.answers.length === 1) control.setAttribute("aria-invalid", "true");
  const id = `${isFault ? "error" : "note"}-${cell.code}`;
  const texts = message ? message.split("\n") : [];
  if (texts.length) {
    const element = isFault
      ? make("ul", { className: "errorlist", id }, ...texts.map((text) => make("li", {}, text)))
      : make("div", { className: "notes", id }, ...texts.map((text) => make("p", {}, text)));
    // A question stands above the field that answers it.
    (cell.row.querySelector(".cell-line") ?? cell.details).after(element);
  }
  const described = [document.getElementById(`help-${cell.code}`)?.id, texts.length ? id : null];
  const ids = described.filter(Boolean).join(" ");
  if (ids) control.setAttribute("aria-describedby", ids);
  else control.removeAttribute("aria-describedby");
}
