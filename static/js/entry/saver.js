// Sends what was typed: one request at a time, in the order it was typed, several cells in each.
//
// A cell is kept in the outbox from the first key stroke until the server has taken it. While
// there is no way through it waits there, and goes out when the line is back.

import { isSame } from "./cell.js";

const MOST_AT_ONCE = 100;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;
const RULE = "rule:"; // an explanation of a rule waits beside the cells under its code

export const ruleCode = (code) => RULE + code;

export class Saver {
  #queue = new Map(); // to be sent, in order
  #held = new Map(); // answered and not taken: stays until the person decides
  #drafts = new Map(); // being typed
  #inFlight = new Set();
  #isBusy = false;
  #pauses = 0;
  #timer = null;
  #order = Date.now();

  /** `send(body)` is one request (see line.js); `heard` is told of what happens:
      {sending(codes), waiting(codes), answered(answer, records), changed()}. */
  constructor(outbox, send, heard) {
    this.outbox = outbox;
    this.send = send;
    this.heard = heard;
    this.line = "up";
    this.message = "";
    window.addEventListener("online", () => this.pump());
    window.addEventListener("focus", () => this.pump());
    document.addEventListener("visibilitychange", () => document.hidden || this.pump());
  }

  get counts() {
    const held = [...this.#held.values()];
    return {
      queued: this.#queue.size,
      sending: this.#inFlight.size,
      drafts: [...this.#drafts.keys()].filter((code) => !this.#queue.has(code)).length,
      conflicts: held.filter((record) => record.why === "conflict").length,
      invalid: held.filter((record) => record.why !== "conflict").length,
      unsent: new Set([...this.#queue.keys(), ...this.#held.keys(), ...this.#drafts.keys()]).size,
    };
  }

  isWaiting(code) {
    return this.#queue.has(code) || this.#held.has(code) || this.#drafts.has(code);
  }

  isInFlight(code) {
    return this.#inFlight.has(code);
  }

  /** Keep what is being typed, so that it outlives the tab; it is not sent yet. */
  draft(code, typed, base) {
    const record = this.#record(code, typed, base, true);
    this.#drafts.set(code, record);
    this.outbox.put(record);
    this.heard.changed();
  }

  /** Hand over a cell to be saved. Resolves when it is kept in the browser. */
  enqueue(code, typed, base) {
    const record = this.#record(code, typed, base, false);
    this.#queue.delete(code); // to the end of the line
    this.#held.delete(code);
    this.#drafts.delete(code);
    this.#queue.set(code, record);
    const kept = this.outbox.put(record);
    this.heard.changed();
    // A moment later, so that what is typed, chosen or pasted at once goes out at once.
    setTimeout(() => this.pump(), 0);
    return kept;
  }

  /** What stood in the outbox when the page was opened. */
  resume(records) {
    for (const record of records) (record.isDraft ? this.#drafts : this.#queue).set(record.code, record);
    this.heard.changed();
    this.pump();
  }

  /** Nothing of this cell waits any more. */
  forget(code) {
    for (const records of [this.#queue, this.#held, this.#drafts]) records.delete(code);
    this.heard.changed();
    return this.outbox.remove(code);
  }

  /** Send all there is; resolves when nothing is left to send or there is no way through. */
  async flush() {
    while (this.#queue.size && (await this.pump()) === "up");
  }

  pump() {
    if (this.#isBusy) return this.#isBusy;
    if (!this.#queue.size) return Promise.resolve(this.line);
    clearTimeout(this.#timer);
    this.#isBusy = this.#sendOnce().finally(() => {
      this.#isBusy = false;
      this.heard.changed();
      if (this.line === "up" && this.#queue.size) setTimeout(() => this.pump(), 0);
    });
    return this.#isBusy;
  }

  async #sendOnce() {
    const records = [...this.#queue.values()].slice(0, MOST_AT_ONCE);
    const codes = records.map((record) => record.code);
    codes.forEach((code) => this.#inFlight.add(code));
    this.heard.sending(codes);
    const outcome = await this.send(bodyOf(records));
    codes.forEach((code) => this.#inFlight.delete(code));
    this.line = outcome.line;
    this.message = outcome.message ?? "";
    if (outcome.line === "up") {
      this.#pauses = 0;
      this.#settle(records, outcome.answer);
    } else {
      this.#wait(records);
    }
    return outcome.line;
  }

  /** The server answered each cell: taken, or held until the person decides. */
  #settle(records, answer) {
    const heard = [];
    for (const record of records) {
      const cell = answer.cells[record.code];
      const isNewer = this.#queue.get(record.code) !== record;
      if (!isNewer) this.#queue.delete(record.code);
      if (cell?.state === "conflict" && isOwn(record, cell.theirs)) {
        // Our own earlier attempt, whose answer got lost on the way.
        this.#again(isNewer ? this.#queue.get(record.code) : record, cell.theirs?.version ?? "0");
        continue;
      }
      if (!isNewer && ["invalid", "conflict", "refused"].includes(cell?.state)) {
        this.#held.set(record.code, { ...record, why: cell.state });
      } else {
        this.#taken(record.code, cell?.version, isNewer);
      }
      heard.push({ ...record, isNewer });
    }
    this.heard.answered(answer, heard);
  }

  #again(record, base) {
    this.#queue.set(record.code, { ...record, base, attempts: [] });
  }

  #taken(code, version, isNewer) {
    const newer = isNewer ? this.#queue.get(code) : this.#drafts.get(code);
    if (!newer) {
      this.outbox.remove(code);
    } else if (version !== undefined) {
      newer.base = version;
      newer.attempts = [];
      this.outbox.put(newer);
    }
  }

  /** No way through: the cells wait, and it may be that the server took them all the same. */
  #wait(records) {
    for (const record of records) {
      record.attempts = [...record.attempts, record.typed].slice(-3);
      if (this.#queue.get(record.code) === record) this.outbox.put(record);
      else if (this.#queue.has(record.code)) this.#queue.get(record.code).attempts = record.attempts;
    }
    this.heard.waiting([...this.#queue.keys()]);
    if (this.line === "refused") return; // trying again would be refused again
    const pause = Math.min(FIRST_PAUSE * 2 ** this.#pauses, LONGEST_PAUSE);
    this.#pauses += 1;
    this.#timer = setTimeout(() => this.pump(), pause * (0.75 + Math.random() / 2));
  }

  #record(code, typed, base, isDraft) {
    const before = this.#queue.get(code) ?? this.#drafts.get(code);
    this.#order += 1;
    return { code, typed, base, order: this.#order, isDraft, attempts: before?.attempts ?? [] };
  }
}

/** Whether a conflict is with an earlier attempt of one's own, or with nothing that stands any more. */
function isOwn({ attempts }, theirs) {
  return !theirs || attempts.some((typed) => isSame(typed, theirs.typed));
}

function bodyOf(records) {
  const body = { cells: {}, rules: {} };
  for (const { code, typed, base } of records) {
    if (code.startsWith(RULE)) body.rules[code.slice(RULE.length)] = typed.explanation;
    else body.cells[code] = { ...typed, base };
  }
  return body;
}
