// From numbers to pixels, and the lines and numbers of an axis.

import { LINE, line, text, widestOf } from "./shapes.js";
import { textOfNumber } from "./table.js";

/** The place of a number between the pixels `start` and `end`. */
export const scale = ([low, high], start, end) => (number) => start + ((number - low) / (high - low)) * (end - start);

/** From zero to the greatest of `numbers`, with a little room beyond it; nulls say nothing. */
export function domainOf(numbers, room = 1.02) {
  const known = numbers.filter((number) => number !== null);
  return [Math.min(0, ...known), (Math.max(0, ...known) || 1) * room];
}

/** Round numbers in the domain, a step of 1, 2 or 5 apart, about `most` of them. */
export function ticksOf([low, high], most, least = 0) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(least, power * [1, 2, 5, 10].find((one) => one * power >= rough));
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_none, index) => (first + index) * step);
}

/** Numbers below the plot, with or without a line up from each. Its height is `BELOW`. */
export function below(ticks, at, { top, bottom, suffix = "", hasLines = true }) {
  return ticks.flatMap((tick) => [
    ...(hasLines ? [line(at(tick), top, at(tick), bottom, tick === 0 ? "line-2" : "c-grid")] : []),
    text([textOfNumber(tick) + suffix], at(tick), bottom + LINE, { anchor: "middle" }),
  ]);
}

/** Room for the numbers below a plot. */
export const BELOW = 30;

/** Numbers beside the plot with a line across it from each; `left` is where the plot begins. */
export function beside(ticks, at, { left, right, suffix = "" }) {
  return ticks.flatMap((tick) => [
    line(left, at(tick), right, at(tick), tick === 0 ? "line-2" : "c-grid"),
    text([textOfNumber(tick) + suffix], left - 8, at(tick), { anchor: "end" }),
  ]);
}

/** Room for the numbers beside a plot. */
export const besideOf = (ticks, suffix = "") => widestOf(ticks.map((tick) => textOfNumber(tick) + suffix)) + 10;
