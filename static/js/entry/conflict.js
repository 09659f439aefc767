// Somebody else saved the same cell meanwhile: both values, who and when, and two buttons.

import { make } from "./make.js";
import { rest, show } from "./states.js";
import { say } from "./texts.js";
import { inReadersWords } from "./typed.js";

export function showConflict(editor, cell, theirs) {
  cell.row.querySelector(".conflict")?.remove();
  const mine = inReadersWords(cell, cell.committed);
  const panel = make(
    "div",
    { className: "conflict", role: "group", "aria-label": say("conflict_title", { label: cell.label }) },
    make("p", {}, say("conflict_theirs", { who: theirs.by, at: theirs.at, theirs: theirs.shown })),
    make("p", {}, say("conflict_mine", { mine })),
    make(
      "div",
      { className: "actions" },
      button(say("keep_mine"), "btn compact", () => keepMine(editor, cell, theirs)),
      button(say("take_theirs"), "btn ghost compact", () => takeTheirs(editor, cell, theirs)),
    ),
  );
  show(cell, "conflict", "");
  (cell.row.querySelector(".cell-line") ?? cell.details).after(panel);
}

function button(words, className, onclick) {
  return make("button", { type: "button", className, onclick }, words);
}

function keepMine(editor, cell, theirs) {
  settle(editor, cell, theirs);
  cell.committed = cell.saved;
  editor.commit(cell);
}

function takeTheirs(editor, cell, theirs) {
  editor.undoing.push([{ code: cell.code, before: cell.committed, after: theirs.typed }]);
  settle(editor, cell, theirs);
  cell.show(cell.saved);
  cell.committed = cell.saved;
  editor.saver.forget(cell.code);
  rest(cell, "saved");
}

/** From here on the page knows their version. */
function settle(editor, cell, theirs) {
  cell.row.querySelector(".conflict").remove();
  cell.base = theirs.version;
  cell.saved = { ...theirs.typed };
  cell.focus();
}
