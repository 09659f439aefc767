// Returning a cell with the keyboard: opening "return" ticks the cell and goes to its reason; closing
// it without one takes that back. The button says how many cells are chosen. Without this script
// the boxes are ticked by hand, and a typed reason counts all the same.
const form = document.querySelector("form.review");
const chosen = form.querySelector("[data-chosen]");

function count() {
  const cells = form.querySelectorAll('input[name="return"]:checked').length;
  if (chosen) chosen.textContent = cells ? ` (${cells})` : "";
}

for (const fold of form.querySelectorAll(".returning details")) {
  const box = fold.querySelector('input[name="return"]');
  const reason = fold.querySelector("textarea");
  fold.querySelector("summary").addEventListener("click", () => {
    // Before the fold turns: it is about to open when it is closed now.
    const opens = !fold.open;
    box.checked = opens || reason.value.trim() !== "";
    count();
    if (opens) requestAnimationFrame(() => reason.focus());
  });
  reason.addEventListener("input", () => {
    box.checked = reason.value.trim() !== "";
    count();
  });
}

form.addEventListener("change", count);
count();

// What an address or a tab leads to is unfolded: a group, or the group that a cell stands in.
function unfold() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  const fold = target && target.closest("details.fold");
  if (!fold || fold.open) return;
  fold.open = true;
  target.scrollIntoView();
}

addEventListener("hashchange", unfold);
unfold();
