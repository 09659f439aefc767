// Before signing out: what was typed and has not reached the server is counted, and cleared only when
// the person goes on. They lie in this browser, where the next user must not find them.

const LONGEST_WAIT = 2_000; // a database that does not answer must not keep anybody signed in

const within = (work) =>
  Promise.race([work, new Promise((_resolve, reject) => setTimeout(reject, LONGEST_WAIT))]);

async function signOut(form) {
  const { clear, waitingOf } = await import("./entry/outbox.js");
  const user = Number(form.dataset.signOut);
  const waiting = await within(waitingOf(user));
  if (waiting.length && !(await agreed(waiting))) return;
  await within(clear(user));
  form.submit();
}

/** Ask; resolves to whether the person goes on. */
function agreed(waiting) {
  const dialog = document.getElementById("unsent");
  if (!dialog) return Promise.resolve(true); // of no unit any more: nothing here could still be sent
  const isOne = new Intl.PluralRules(document.documentElement.lang).select(waiting.length) === "one";
  const sentence = isOne ? dialog.dataset.one : dialog.dataset.other;
  dialog.querySelector("h2").textContent = sentence.replace("%count%", waiting.length);
  const [{ page, period, unit, form }] = waiting;
  dialog.querySelector("[data-back]").href = page ?? `/submissions/${period}/${unit}/${form}/`;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "go"), { once: true });
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-sign-out]");
  if (!form) return;
  event.preventDefault();
  signOut(form).catch(() => form.submit());
});
