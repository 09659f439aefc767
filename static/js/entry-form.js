/* The entry form, a little easier: counts shown grouped once typed, and no leaving with
   numbers that were not saved. Without this file the form works all the same. */

const form = document.getElementById("entry");
const notice = form.querySelector("[data-unsaved]");
const summary = document.getElementById("summary");
const language = document.documentElement.lang;

let isChanged = false;

function changed(event) {
  if (event.target.type === "hidden") return;
  isChanged = true;
  if (notice) notice.hidden = false;
}

/* Only what is certainly one whole number is regrouped; anything else stays as typed, for the
   server to explain. */
function regroup(input) {
  const typed = input.value.trim();
  if (!/^[0-9]{4,12}$/.test(typed)) return;
  const digits = typed.replace(/^0+(?=[0-9])/, "");
  const mark = language.startsWith("en") ? null : ".";
  if (mark) input.value = digits.replace(/\B(?=(?:[0-9]{3})+$)/g, mark);
}

form.addEventListener("input", changed);
form.addEventListener("change", (event) => {
  changed(event);
  if (event.target.matches("[data-count]")) regroup(event.target);
});
form.addEventListener("submit", () => {
  isChanged = false;
});
window.addEventListener("beforeunload", (event) => {
  if (isChanged) event.preventDefault();
});
if (summary) summary.focus();
