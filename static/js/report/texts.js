// Words put into a text as if they had been typed, and a text replaced around the caret.

/** Put `words` in the place of what is selected in `area`, so that undoing takes them out again. */
export function type(area, words) {
  area.focus();
  if (document.execCommand("insertText", false, words)) return;
  area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Give `area` another text; caret, selection and scrolling stay at the words where they were. */
export function replaceText(area, text) {
  const { value, selectionStart, selectionEnd, scrollTop } = area;
  const moved = (place) => placeIn(value, text, place);
  area.value = text;
  area.setSelectionRange(moved(selectionStart), moved(selectionEnd));
  area.scrollTop = scrollTop;
}

function placeIn(before, after, place) {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head += 1;
  if (place <= head) return place;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const fromEnd = before.length - place;
  return fromEnd <= tail ? after.length - fromEnd : Math.min(place, after.length - tail);
}
