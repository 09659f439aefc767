// The typed text on its way to the server: kept in the browser from the first key stroke, sent a moment
// after the last one, merged there with what somebody else wrote.

import { post } from "../entry/line.js";
import { replaceText } from "./texts.js";

const AFTER_TYPING = 1_500; // milliseconds
const LOOK_AGAIN = 20_000; // whether somebody else has written
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

export class Saving {
  #timer = null;
  #work = null;
  #pauses = 0;
  #attempts = [];

  /** `heard` is told of what happens: state(key, values), merged(answer), conflict(answer), replaced(). */
  constructor({ settings, area, outbox, heard }) {
    Object.assign(this, { settings, area, outbox, heard });
    this.base = settings.version; // the version that the text in `known` has
    this.known = area.value;
    this.held = null; // a conflict that waits for a decision
  }

  get isUnsaved() {
    return this.area.value !== this.known;
  }

  /** Put back what an earlier visit left behind, and listen. */
  async start() {
    const records = await this.outbox.all();
    const waiting = records.find((record) => record.code === this.settings.key);
    if (waiting && waiting.typed.text !== this.known) {
      this.area.value = waiting.typed.text;
      this.base = waiting.base;
      this.known = null;
      this.#attempts = waiting.attempts ?? [];
      this.heard.replaced();
      this.heard.restored();
      this.flush();
    } else if (waiting) this.#forget();
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("blur", () => this.flush());
    window.addEventListener("online", () => this.flush());
    window.addEventListener("focus", () => this.lookAgain());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.flush() : this.lookAgain()));
    window.addEventListener("pagehide", () => this.flush());
    window.addEventListener("beforeunload", (event) => {
      if (this.isUnsaved && !this.outbox.isUsable) event.preventDefault();
    });
    setInterval(() => document.hidden || this.lookAgain(), LOOK_AGAIN);
  }

  typed() {
    this.#keep();
    if (this.held) return;
    this.heard.state(this.outbox.isUsable ? "typing" : "unkept");
    this.#later(AFTER_TYPING);
  }

  /** Send what is unsaved; resolves when it is saved, or there is no way through. */
  async flush() {
    clearTimeout(this.#timer);
    while (this.isUnsaved && !this.held) if (!(await this.#once())) return;
  }

  /** Ask whether somebody else has written, when there is nothing of one's own to send. */
  lookAgain() {
    if (this.held) return null;
    return this.isUnsaved ? this.flush() : this.#once();
  }

  /** How a conflict ends: the text to go on with, over the version that was told. */
  decide(text) {
    this.base = this.held.version;
    this.known = this.held.theirs;
    this.held = null;
    replaceText(this.area, text);
    this.heard.replaced();
    if (this.isUnsaved) this.#keep();
    else this.#saved();
    return this.flush();
  }

  #later(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), pause);
  }

  #keep() {
    this.outbox.put({
      code: this.settings.key,
      typed: { text: this.area.value },
      base: this.base,
      order: Date.now(),
      attempts: this.#attempts,
      page: this.settings.page,
    });
  }

  #forget() {
    return this.outbox.remove(this.settings.key);
  }

  /** One request at a time; whether it came through. */
  #once() {
    this.#work ??= this.#send().finally(() => {
      this.#work = null;
    });
    return this.#work;
  }

  async #send() {
    const sent = this.area.value;
    if (this.isUnsaved) this.heard.state("saving");
    const outcome = await post(this.settings.save, { text: sent, version: this.base }, this.settings.user);
    if (outcome.line === "up") {
      this.#pauses = 0;
      this.#take(outcome.answer, sent);
      return true;
    }
    if (this.isUnsaved) this.#wait(outcome, sent);
    return false;
  }

  #take(answer, sent) {
    if (answer.state === "conflict") {
      this.#conflict(answer, sent);
      return;
    }
    const hasNews = answer.state === "merged";
    const isStill = this.area.value === sent;
    // Typed on meanwhile: go on from what was sent, and let the next save merge again.
    this.base = isStill ? answer.version : answer.base;
    this.known = isStill ? answer.text : sent;
    this.#attempts = [];
    if (isStill && answer.text !== sent) {
      replaceText(this.area, answer.text);
      this.heard.replaced();
    }
    if (hasNews) this.heard.merged(answer);
    if (this.isUnsaved) this.#keep();
    else this.#saved(answer.at);
  }

  #saved(at) {
    this.#forget();
    this.heard.state(at ? "saved" : "unchanged", { at });
  }

  #conflict(answer, sent) {
    if (this.#attempts.includes(answer.theirs)) {
      // Our own earlier attempt, whose answer got lost on the way.
      this.base = answer.version;
      this.known = answer.theirs;
      return;
    }
    this.held = answer;
    this.#keep();
    this.heard.conflict(answer, sent);
  }

  /** No way through: the text waits, and it may be that the server took it all the same. */
  #wait({ line, message }, sent) {
    this.#attempts = [...this.#attempts, sent].slice(-3);
    this.#keep();
    this.heard.state(line, { why: message ?? "" });
    if (line === "refused") return; // trying again would be refused again
    this.#later(Math.min(FIRST_PAUSE * 2 ** this.#pauses, LONGEST_PAUSE));
    this.#pauses += 1;
  }
}
