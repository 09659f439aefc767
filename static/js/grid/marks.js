// How a cell looks: its text, and an icon with a word where there is something to say.

import { textOf } from "./text.js";

const ICONS = {
  saving: "i-clock",
  waiting: "i-clock",
  saved: "i-check",
  invalid: "i-cross",
  conflict: "i-person",
  broken: "i-error",
  ask: "i-warn",
  returned: "i-left",
  explained: "i-info",
  gap: "i-dash",
};
// Class of `.state` in components.css, for the line beneath the grid.
export const TONES = {
  saving: "wait", waiting: "wait", saved: "ok", invalid: "err", conflict: "err",
  broken: "err", ask: "ask", returned: "ask",
};

/** The content of a cell as nodes. */
export function contentOf(cell, words) {
  const content = document.createDocumentFragment();
  if (!cell.isAsked) {
    content.append(hidden(words.states.notasked));
    return content;
  }
  if (cell.state in ICONS) {
    const icon = document.createElement("span");
    icon.className = `icon ${ICONS[cell.state]}`;
    content.append(icon, hidden(`${words.states[cell.state]}: `));
  }
  const text = document.createElement("span");
  text.className = "text";
  text.textContent = cell.isUnsaved || cell.trouble ? textOf(cell, words) : shownOf(cell, words);
  content.append(text);
  return content;
}

function shownOf(cell, words) {
  return cell.shown === "–" ? "" : cell.shown || textOf(cell, words);
}

function hidden(text) {
  const span = document.createElement("span");
  span.className = "visually-hidden";
  span.textContent = text;
  return span;
}
