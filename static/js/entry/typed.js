// A cell's typed content in the words that stand on the page.

export function inReadersWords(cell, typed) {
  const labels = new Map(
    cell.kind === "choice"
      ? [...cell.control.options].map((option) => [option.value, option.text])
      : cell.answers
          .filter((input) => input.type === "radio" || input.type === "checkbox")
          .map((input) => [input.value, input.closest("label").textContent.trim()]),
  );
  const gaps = new Map([...cell.field("s").options].map((option) => [option.value, option.text]));
  const answer = typed.chosen.length
    ? typed.chosen.map((code) => labels.get(code) ?? code).join(", ")
    : (labels.get(typed.value) ?? typed.value);
  const parts = [answer, typed.gap && gaps.get(typed.gap), typed.reason, typed.explanation];
  return parts.filter((part) => part?.trim()).join("; ") || "–";
}
