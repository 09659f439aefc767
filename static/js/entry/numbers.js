// How a count is read and grouped in the browser, for a preview and for the look of an input. Pure.
//
// The server's parser (dxreport/lib/numbers.py) decides; this one follows its rules so that a
// preview does not promise what a save would refuse. tests/collection/test_entry_numbers.py
// holds the two against each other.

const PLAIN = /^[0-9]+$/;
const GROUPED = /^[1-9][0-9]{0,2}([. \u00a0\u202f])[0-9]{3}(?:\1[0-9]{3})*$/;
const BLANKS = /^[ \t\r\n\u00a0\u202f]+|[ \t\r\n\u00a0\u202f]+$/g;
const LONGEST = 12;

/** {number} for a count, {number: null} for a blank, {fault} for what is neither. */
export function readCount(text) {
  const typed = text.replace(BLANKS, "");
  if (!typed) return { number: null };
  if (!PLAIN.test(typed) && !GROUPED.test(typed)) return { fault: faultOf(typed) };
  const digits = typed.replace(/[^0-9]/g, "").replace(/^0+(?=[0-9])/, "");
  return digits.length > LONGEST ? { fault: "too_large" } : { number: Number(digits) };
}

/** Why a text is no count, as a key of the page's texts. */
function faultOf(typed) {
  if (/^[-−–]/.test(typed)) return "negative";
  if (/^[0-9][0-9.,]*,[0-9]+$/.test(typed)) return "comma";
  if (/^[0-9.\s]+$/.test(typed)) return "grouping";
  return "not_digits";
}

/** 7661 as the reader writes it in an input: "7.661"; readers of English get plain digits, which a
    count accepts while it refuses a comma. */
export function grouped(number, isEnglish) {
  const digits = String(number);
  return isEnglish ? digits : digits.replace(/\B(?=(?:[0-9]{3})+$)/g, ".");
}

/** What was typed, grouped where it is certainly one whole number; anything else as it stands. */
export function regrouped(text, isEnglish) {
  const typed = text.trim();
  return /^[0-9]{1,12}$/.test(typed) ? grouped(typed.replace(/^0+(?=[0-9])/, ""), isEnglish) : text;
}
