// The form of one submission as a sheet that saves itself. Without this script it is a form with a
// button; see docs/entry-form.md for how the modules beside this one divide the work.

import { takeAnswer } from "./answers.js";
import { isSame, NOTHING_TYPED } from "./cell.js";
import { Editor } from "./editor.js";
import { Headline } from "./headline.js";
import { listenToKeyboard } from "./keyboard.js";
import { showLeftover } from "./leftover.js";
import { csrfToken, post } from "./line.js";
import { showUncounted } from "./live.js";
import { Outbox } from "./outbox.js";
import { listenToPaste } from "./paste.js";
import { Refresh } from "./refresh.js";
import { ruleCode, Saver } from "./saver.js";
import { show } from "./states.js";
import { Tabs } from "./tabs.js";

const settings = JSON.parse(document.getElementById("entry-settings").textContent);
const form = document.getElementById("entry");
const outbox = new Outbox(settings);
const tabs = new Tabs(document.getElementById("sections"));

if (settings.isOpen) start();
else outbox.all().then((records) => showLeftover(form.parentElement, records, outbox));

async function start() {
  const headline = new Headline(document.getElementById("headline"), settings.signIn);
  const saver = new Saver(outbox, (body) => post(settings.cells, body, settings.user), {
    sending: (codes) => each(codes, "saving"),
    waiting: (codes) => each(codes, "waiting"),
    answered: (answer, records) => answered(answer, records),
    changed: () => {
      headline.update(saver);
      showUncounted(saver.counts.unsent);
    },
  });
  const editor = new Editor(form, saver);
  const refresh = new Refresh(editor);

  const each = (codes, state) => {
    for (const code of codes) if (editor.cells.has(code)) show(editor.cells.get(code), state);
  };

  const answered = (answer, records) => {
    const known = Number(form.dataset.version);
    takeAnswer(editor, answer, records);
    saver.hasSaved = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    form.dataset.version = answer.submission.version;
    // Ours counts one; more means that somebody else saved in between.
    if (answer.submission.version > known + 1) refresh.run();
  };

  listenToKeyboard(editor, tabs, form.querySelector("button[value=submit]"));
  listenToPaste(editor, document.getElementById("paste"), tabs);
  listenToRules(saver);
  listenToButtons(editor, saver);
  listenToLeaving(editor, saver);
  await resume(editor, saver);
  form.dataset.ready = ""; // tests wait for it
}

/** Put back what an earlier visit left behind, and send it. */
async function resume(editor, saver) {
  const records = await outbox.all();
  const hasPlace = ({ code }) => editor.cells.has(code) || document.getElementById(`x-${code.split(":")[1]}`);
  const ours = records.filter((record) => outbox.isCurrent(record) && hasPlace(record));
  showLeftover(form.parentElement, records.filter((record) => !ours.includes(record)), outbox);
  const arrived = ours.filter(({ code, typed }) => isSame(typed, editor.cells.get(code)?.saved ?? null));
  arrived.forEach(({ code }) => outbox.remove(code)); // taken by the server, the answer was lost
  const waiting = ours.filter((record) => !arrived.includes(record));
  editor.putBack(waiting);
  saver.resume(waiting);
  const half = waiting.find(({ isDraft }) => isDraft);
  if (half && editor.cells.has(half.code) && !location.hash) {
    const cell = editor.cells.get(half.code);
    tabs.reveal(cell.row);
    cell.focus();
  }
}

/** An explanation of a rule is saved as a cell is. */
function listenToRules(saver) {
  const codeOf = ({ name }) => (name?.startsWith("x-") ? ruleCode(name.slice(2)) : null);
  const typedIn = (field) => ({ ...NOTHING_TYPED, explanation: field.value });
  form.addEventListener("input", ({ target }) => {
    if (codeOf(target)) saver.draft(codeOf(target), typedIn(target), "0");
  });
  form.addEventListener("change", ({ target }) => {
    if (codeOf(target)) saver.enqueue(codeOf(target), typedIn(target), "0");
  });
}

function listenToButtons(editor, saver) {
  for (const button of document.querySelectorAll("[data-opens]")) {
    button.hidden = false;
    button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
  }
  form.addEventListener("submit", async (event) => {
    form.elements.csrfmiddlewaretoken.value = csrfToken(); // another, if one has signed in again meanwhile
    if (settings.isPosted) return; // the page holds what no save has taken yet: the whole of it is posted
    event.preventDefault();
    editor.commitAll();
    await saver.flush();
    if (event.submitter?.value !== "submit") return;
    const unsaved = editor.order.find(({ code }) => saver.isWaiting(code));
    if (unsaved) {
      tabs.reveal(unsaved.row);
      unsaved.focus();
    } else if (!saver.counts.unsent) location.assign(settings.check);
  });
}

function listenToLeaving(editor, saver) {
  window.addEventListener("pagehide", () => {
    editor.commitAll();
    saver.pump();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!outbox.isUsable && saver.counts.unsent) event.preventDefault();
  });
}
