// Vietnamese as people search for it: without diacritics, case or doubled spaces.

const MARKS = /[\u0300-\u036f]/g;

/** "Tỉ lệ trường  Đạt" -> "ti le truong dat", as dxreport/lib/folding.py has it: both sides of a search. */
export function fold(text) {
  const plain = text.normalize("NFKD").replace(MARKS, "").toLowerCase().replaceAll("đ", "d");
  return plain.replace(/\s+/g, " ").trim();
}
