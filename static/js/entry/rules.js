// The rules that do not hold, above the sections; a soft one takes an explanation.

import { make } from "./make.js";
import { say } from "./texts.js";

/** `rules` as the server answers them; `cells` give the labels. */
export function showRules(rules, cells) {
  const box = document.getElementById("rules");
  const list = box.querySelector("ul");
  box.hidden = !rules.length;
  const standing = new Map([...list.children].map((item) => [item.dataset.rule, item]));
  // An item that stays keeps its field, in which somebody may be typing.
  list.replaceChildren(...rules.map((rule) => updated(standing.get(rule.code), rule) ?? made(rule, cells)));
}

function updated(item, { sentence, explanation }) {
  if (!item) return undefined;
  item.querySelector("[data-sentence]").textContent = sentence;
  const field = item.querySelector("textarea");
  if (field && field !== document.activeElement) field.value = explanation;
  return item;
}

/** The codes of the soft rules that ask about a cell and that nobody has explained. */
export function rulesAsking(cell) {
  return [...document.querySelectorAll("#rules [data-rule]")]
    .filter((item) => item.querySelector("textarea")?.value.trim() === "")
    .filter((item) => item.querySelector(`a[href="#v-${CSS.escape(cell)}"]`))
    .map((item) => item.dataset.rule);
}

function made(rule, cells) {
  const isHard = rule.severity === "hard";
  const chip = make(
    "span",
    { className: `chip ${isHard ? "bad" : "miss"}` },
    say(isHard ? "rule_hard" : "rule_soft"),
  );
  const sentence = make("span", { "data-sentence": "" }, rule.sentence);
  return make(
    "li",
    { "data-rule": rule.code },
    make("p", {}, chip, " ", sentence),
    make("p", { className: "small" }, say("rule_cells"), " ", ...links(rule, cells)),
    isHard ? null : field(rule),
  );
}

function links(rule, cells) {
  return rule.cells.flatMap((code, place) => [
    place ? " · " : "",
    make("a", { href: `#v-${code}` }, cells.get(code)?.label ?? code),
  ]);
}

function field({ code, explanation }) {
  const id = `x-${code}`;
  return make(
    "div",
    { className: "field" },
    make("label", { htmlFor: id }, say("explanation")),
    make("textarea", { id, name: id, rows: 2, maxLength: 400, value: explanation }),
  );
}
