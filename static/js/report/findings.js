// The findings beneath the text: each leads to its words and, where there is one, puts the token instead.

import { make } from "../entry/make.js";
import { say } from "../entry/texts.js";
import { type } from "./texts.js";

export class Findings {
  constructor(list, area) {
    this.list = list;
    this.area = area;
  }

  show(findings) {
    const lines = findings.map((one) => this.#line(one));
    this.list.replaceChildren(
      ...(lines.length ? lines : [make("li", { className: "muted" }, say("no_findings"))]),
    );
  }

  #line(finding) {
    const isError = finding.severity === "error";
    const chip = make(
      "span",
      { className: `chip ${isError ? "bad" : "miss"}` },
      say(isError ? "error" : "warning"),
    );
    const words = finding.words ? make("q", {}, finding.words) : null;
    const go = make(
      "button",
      { type: "button", className: "finding", onclick: () => this.#select(finding) },
      ...(words ? [words, " "] : []),
      finding.message,
    );
    return make("li", {}, chip, go, finding.offer && !this.area.readOnly ? this.#offer(finding) : null);
  }

  #offer(finding) {
    const put = () => {
      if (this.#select(finding)) type(this.area, finding.offer);
    };
    const words = say("put", { offer: finding.offer });
    return make("button", { type: "button", className: "btn ghost compact", onclick: put }, words);
  }

  /** Select the words of a finding, wherever typing has moved them; whether they are still there. */
  #select({ start, end, words }) {
    const text = this.area.value;
    this.area.focus();
    let place = start;
    if (words && text.slice(start, end) !== words) {
      const after = text.indexOf(words, start);
      place = after < 0 ? text.lastIndexOf(words, start) : after;
      if (place < 0) return false;
    }
    this.area.setSelectionRange(place, place + (words ? words.length : end - start));
    return true;
  }
}
