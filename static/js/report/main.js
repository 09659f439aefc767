// The editor of one section of a report. Without this script it is a form with a button.

import { csrfToken, post } from "../entry/line.js";
import { make } from "../entry/make.js";
import { Outbox } from "../entry/outbox.js";
import { say } from "../entry/texts.js";
import { Findings } from "./findings.js";
import { showConflict, showMerged, showRestored } from "./news.js";
import { Picker } from "./picker.js";
import { Saving } from "./saving.js";

const AFTER_TYPING = 700; // milliseconds until the preview follows
const TONES = { saved: "ok", unchanged: "ok", typing: "typing", saving: "busy", conflict_waits: "err", refused: "err" };

const settings = JSON.parse(document.getElementById("draft-settings").textContent);
const form = document.getElementById("writing");
const area = form.elements.text;
const findings = new Findings(document.getElementById("findings"), area);

findings.show(JSON.parse(document.getElementById("draft-findings").textContent));
listenToSelections();
if (settings.mayWrite) start();

async function start() {
  const preview = previewer();
  const saving = new Saving({
    settings,
    area,
    outbox: new Outbox({ ...settings, formVersion: "1" }),
    heard: {
      state: showState,
      restored: showRestored,
      replaced: () => {
        grow();
        preview();
      },
      merged: showMerged,
      conflict: (answer) => {
        showState("conflict_waits");
        showConflict(answer, () => area.value, (text) => saving.decide(text));
      },
    },
  });
  const picker = new Picker(document.getElementById("picker"), area, settings.insertions);
  for (const one of document.querySelectorAll("[data-without-script]")) one.hidden = true;
  const opener = document.querySelector("[data-opens=picker]");
  opener.hidden = false;
  opener.addEventListener("click", () => picker.open());
  area.addEventListener("input", () => {
    grow();
    preview();
  });
  form.addEventListener("submit", (event) => {
    form.elements.csrfmiddlewaretoken.value = csrfToken();
    event.preventDefault();
    save(saving);
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const key = event.key.toLowerCase();
    if (key === "s") save(saving);
    else if (key === "k") picker.open();
    else return;
    event.preventDefault();
  });
  grow();
  await saving.start();
  form.dataset.ready = ""; // tests wait for it
}

async function save(saving) {
  if (!saving.isUnsaved) showState("unchanged");
  await saving.flush();
}

/** A line beside the heading says how the text stands. */
function showState(key, values = {}) {
  const state = document.getElementById("state");
  state.className = `state ${TONES[key] ?? "wait"}`;
  const signIn = key === "signed_out" ? make("a", { href: settings.signIn }, say("sign_in")) : "";
  state.replaceChildren(say(key, values), " ", signIn);
}

/** The function to call after a change of the text; the preview follows a moment after the last one. */
function previewer() {
  const sheet = document.getElementById("sheet");
  let timer = null;
  const refresh = async () => {
    const text = area.value;
    const outcome = await post(settings.preview, { text }, settings.user);
    if (outcome.line !== "up" || area.value !== text) return; // a later change asks again
    const { scrollTop } = sheet;
    sheet.innerHTML = outcome.answer.preview; // written and escaped by the server, as the page was
    sheet.scrollTop = scrollTop;
    findings.show(outcome.answer.findings);
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, AFTER_TYPING);
  };
}

/** As tall as its text, where the browser does not see to that itself. */
function grow() {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** Words that are selected, in the text or as they will read, are what a remark is about. */
function listenToSelections() {
  const quote = document.getElementById("remark-quote");
  if (!quote) return;
  const about = (words) => {
    if (words.trim()) quote.value = words.trim().replace(/\s+/g, " ").slice(0, 300);
  };
  area.addEventListener("select", () => about(area.value.slice(area.selectionStart, area.selectionEnd)));
  document.getElementById("sheet").addEventListener("pointerup", () => about(String(document.getSelection())));
}
