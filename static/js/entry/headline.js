// The line above the form: how much is not saved yet, and what to do about it. Spoken politely.

import { make } from "./make.js";
import { say } from "./texts.js";

const PAUSE = 250; // spoken once it has settled, not at every key

export class Headline {
  #timer = null;

  constructor(element, signIn) {
    this.element = element;
    this.words = element.querySelector("[role=status]");
    this.signIn = signIn;
    element.hidden = false;
  }

  /** Show where `saver` stands. */
  update(saver) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(saver), PAUSE);
  }

  #show(saver) {
    const { counts, line } = saver;
    const [tone, sentence] = this.#said(saver, counts, line);
    const text = sentence + (counts.unsent && !saver.outbox.isUsable ? ` ${say("not_kept")}` : "");
    this.element.dataset.unsent = counts.unsent;
    this.words.className = `state ${tone}`;
    if (this.words.firstChild?.textContent === text) return;
    this.words.replaceChildren(make("span", {}, text));
    if (line === "signed_out") this.words.append(" ", make("a", { href: this.signIn }, say("sign_in")));
  }

  #said({ message, hasSaved }, counts, line) {
    const count = counts.unsent;
    if (line === "refused" && count) return ["err", `${message} ${say("line_refused", { count })}`];
    if (line === "signed_out") return ["wait", say("line_signed_out", { count })];
    if (line === "offline" && count) return ["wait", say("line_offline", { count })];
    if (line === "server" && count) return ["wait", say("line_server", { count })];
    const parts = [];
    if (counts.conflicts) parts.push(say("count_conflicts", { count: counts.conflicts }));
    if (counts.invalid) parts.push(say("count_invalid", { count: counts.invalid }));
    if (parts.length) return ["err", `${parts.join("; ")}.`];
    if (counts.queued) return ["busy", say("count_saving", { count: counts.queued })];
    if (counts.drafts) return ["typing", say("count_typing", { count: counts.drafts })];
    return ["ok", hasSaved ? say("all_saved_at", { at: hasSaved }) : say("all_saved")];
  }
}
