// Ticking phiếu in the matrix: one box for all that are shown, and how many are ticked. Without
// this script every box still works.
for (const form of document.querySelectorAll("form[data-matrix]")) {
  const boxes = [...form.querySelectorAll("input[name=pick]")];
  if (boxes.length === 0) continue;
  const label = form.querySelector("[data-all]");
  const all = label.querySelector("input");
  const count = form.querySelector("[data-count]");
  const bar = form.querySelector(".picked");

  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    count.textContent = ticked ? `${count.dataset.count}: ${ticked}` : "";
    bar.toggleAttribute("data-ticked", ticked > 0);
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  // The browser may bring ticks back with the page.
  window.addEventListener("pageshow", show);
  label.hidden = count.hidden = false;
  show();
}
