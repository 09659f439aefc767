// What a picture does under the pointer: it says what a part stands for, and a click leads where the
// part's row in the table leads. The keyboard has the table.

const partAt = ({ target }) => target.closest("[data-says]");

/** Places `hint` over the pointer, within `canvas`. */
function place(hint, canvas, { clientX, clientY }) {
  const box = canvas.getBoundingClientRect();
  const left = clientX - box.left - hint.offsetWidth / 2;
  const above = clientY - box.top - hint.offsetHeight - 12;
  hint.style.left = `${Math.max(0, Math.min(left, box.width - hint.offsetWidth))}px`;
  hint.style.top = `${above < 0 ? clientY - box.top + 20 : above}px`;
}

/** Makes the pictures that are drawn into `canvas` speak and lead on. */
export function leadOn(canvas) {
  const hint = document.createElement("div");
  hint.className = "chart-hint";
  hint.hidden = true;
  canvas.append(hint);
  canvas.addEventListener("pointermove", (event) => {
    const part = partAt(event);
    hint.hidden = !part;
    if (!part) return;
    hint.textContent = part.dataset.says;
    place(hint, canvas, event);
  });
  canvas.addEventListener("pointerleave", () => (hint.hidden = true));
  canvas.addEventListener("click", (event) => {
    const url = partAt(event)?.dataset.url;
    if (!url) return;
    if (event.ctrlKey || event.metaKey) window.open(url);
    else window.location.assign(url);
  });
}
