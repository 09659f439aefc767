// What the server answered, brought onto the page: cells, their neighbours, progress, rules, indicators.

import { isSame } from "./cell.js";
import { showConflict } from "./conflict.js";
import { showIndicators } from "./live.js";
import { showRules } from "./rules.js";
import { rest, show, stateOf } from "./states.js";
import { say } from "./texts.js";

/** `records` are the cells that were sent; one with `isNewer` has been typed over since. */
export function takeAnswer(editor, answer, records) {
  for (const { code, isNewer } of records) {
    const cell = editor.cells.get(code);
    const given = answer.cells[code];
    if (cell && given) takeCell(editor, cell, given, isNewer);
  }
  const sent = new Set(records.map(({ code }) => code));
  for (const cell of editor.order) {
    if (!sent.has(cell.code)) takeVerdict(editor, cell, answer.others[cell.code]);
  }
  showProgress(answer);
  showRules(answer.rules, editor.cells);
  showIndicators(answer.indicators);
}

function takeCell(editor, cell, given, isNewer) {
  if (given.state === "conflict") {
    if (!isNewer) showConflict(editor, cell, given.theirs);
    return;
  }
  if (given.state === "invalid" || given.state === "refused") {
    if (!isNewer) show(cell, "invalid", given.message);
    return;
  }
  const standing = cell.typed();
  const isUntouched = isSame(standing, cell.committed);
  cell.base = given.version;
  cell.saved = { ...given.typed };
  cell.row.querySelector(".change").textContent = given.change;
  cell.row.querySelector(".conflict")?.remove();
  cell.rest = { state: stateOf(given.verdict), message: given.message };
  if (isNewer || !isUntouched) return;
  cell.show(cell.saved);
  cell.committed = cell.saved;
  rest(cell, stateOf(given.verdict), given.message);
}

/** A cell that was not sent may stand otherwise now, because a rule compares it with one that was. */
function takeVerdict(editor, cell, other) {
  const isBlank = isSame({ ...cell.saved, explanation: "" }, null);
  const state = other ? stateOf(other.verdict) : isBlank ? "empty" : "saved";
  const isSpeaking = ["ask", "broken"].includes(cell.rest.state);
  if (!other && !isSpeaking) return;
  cell.rest = { state, message: other?.message ?? "" };
  if (!editor.saver.isWaiting(cell.code)) rest(cell, state, cell.rest.message);
}

function showProgress({ submission, sections }) {
  for (const [code, { answered, asked }] of Object.entries(sections)) {
    const isComplete = answered === asked;
    const tab = document.getElementById(`t-${code}`);
    tab.querySelector(".num").textContent = `${answered}/${asked}`;
    tab.querySelector(".done").hidden = !isComplete;
    const line = document.querySelector(`#p-${CSS.escape(code)} [data-progress]`);
    line.textContent = say("section_progress", { answered, asked });
  }
  const { answered, asked } = submission;
  document.querySelector("[data-answered]").textContent = say("form_progress", { answered, asked });
}
