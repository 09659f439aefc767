// A column copied from a spreadsheet, pasted over consecutive cells: shown first, filled in when the
// person agrees, taken back with one Ctrl+Z. A single value is pasted as the browser does it.

import { make } from "./make.js";
import { grouped } from "./numbers.js";
import { columnOf, planned, rowsOf } from "./pasted.js";
import { isEnglish, say } from "./texts.js";
import { inReadersWords } from "./typed.js";
import { inWords } from "./words.js";

const IN_WORDS_FROM = 1000; // below, digits cannot be misread by a factor of a thousand

export function listenToPaste(editor, dialog, tabs) {
  let agreed = null;

  editor.form.addEventListener("paste", (event) => {
    const cell = editor.cellOf(event.target);
    if (!cell || event.target.name !== `v-${cell.code}` || cell.kind === "text") return;
    const rows = rowsOf(event.clipboardData.getData("text/plain"));
    if (!rows.length || (rows.length === 1 && rows[0].length === 1)) return;
    event.preventDefault();
    const plan = planned(editor.order.slice(editor.order.indexOf(cell)), columnOf(rows));
    agreed = () => fill(editor, plan, tabs);
    preview(dialog, plan);
  });

  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "paste") agreed?.();
    agreed = null;
  });
}

function fill(editor, plan, tabs) {
  const changes = plan
    .filter(({ typed }) => typed)
    .map(({ cell, typed, number }) => ({
      cell,
      typed: number === undefined ? typed : { ...typed, value: grouped(number, isEnglish) },
    }));
  editor.fill(changes);
  const last = changes.at(-1)?.cell;
  if (!last) return;
  tabs.reveal(last.row);
  last.focus();
}

function preview(dialog, plan) {
  const good = plan.filter(({ typed }) => typed).length;
  const bad = plan.filter(({ fault }) => fault).length;
  dialog.querySelector("[data-summary]").textContent = [
    say("paste_good", { count: good }),
    bad ? say("paste_bad", { count: bad }) : "",
  ]
    .filter(Boolean)
    .join(" ");
  dialog.querySelector("tbody").replaceChildren(...plan.map(row));
  const button = dialog.querySelector("button[value=paste]");
  button.disabled = !good;
  dialog.returnValue = "";
  dialog.showModal();
  (good ? button : dialog.querySelector("button[value=cancel]")).focus();
}

function row(line) {
  const { cell, label, text, fault, isBlank } = line;
  const name = cell?.label ?? say("paste_beyond_name");
  const isOther = cell && label && label.normalize("NFC").toLowerCase() !== name.normalize("NFC").toLowerCase();
  return make(
    "tr",
    { className: fault ? "err" : "" },
    make("th", { scope: "row" }, name, isOther ? make("span", { className: "help" }, say("paste_label", { label })) : null),
    make("td", { className: "num" }, text || "–"),
    make("td", { className: "text" }, fault ? faulty(fault) : isBlank ? say("paste_blank") : meant(line)),
  );
}

const faulty = (fault) => make("span", { className: "state err" }, say(`fault_${fault}`));

function meant({ cell, typed, number }) {
  if (number === undefined) return inReadersWords(cell, { ...typed, explanation: "" });
  const digits = isEnglish ? number.toLocaleString("en") : grouped(number);
  const isPlain = number < IN_WORDS_FROM || isEnglish;
  return make("span", {}, make("strong", {}, digits), isPlain ? "" : `: ${inWords(number)}`);
}
