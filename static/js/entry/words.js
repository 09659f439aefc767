// A count in Vietnamese words: 7661 is "bảy nghìn sáu trăm sáu mươi mốt". Pure.
//
// The words follow the spelling taught in schools: mốt, tư and lăm after mươi, linh over an empty ten,
// and "không trăm" where a lower group would otherwise be misread (1.005 is not 1.500).

const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const SCALES = ["", "nghìn", "triệu", "tỷ"];
const LARGEST = 999_999_999_999;

function unit(digit, tens) {
  if (digit === 1 && tens > 1) return "mốt";
  if (digit === 4 && tens > 1) return "tư";
  if (digit === 5 && tens > 0) return "lăm";
  return DIGITS[digit];
}

/** Three digits as words; `isInside` when higher groups stand before them. */
function group(number, isInside) {
  const hundreds = Math.floor(number / 100);
  const tens = Math.floor(number / 10) % 10;
  const ones = number % 10;
  const words = [];
  if (hundreds || isInside) words.push(DIGITS[hundreds], "trăm");
  if (tens === 0 && ones && words.length) words.push("linh");
  if (tens === 1) words.push("mười");
  if (tens > 1) words.push(DIGITS[tens], "mươi");
  if (ones) words.push(unit(ones, tens));
  return words;
}

/** `number` (0 to 999.999.999.999) in words; "" for anything else. */
export function inWords(number) {
  if (!Number.isSafeInteger(number) || number < 0 || number > LARGEST) return "";
  if (number === 0) return DIGITS[0];
  const words = [];
  for (let place = SCALES.length - 1; place >= 0; place -= 1) {
    const part = Math.floor(number / 1000 ** place) % 1000;
    if (!part) continue;
    words.push(...group(part, words.length > 0), SCALES[place]);
  }
  return words.filter(Boolean).join(" ");
}
