// What was typed and has not reached the server, kept in the browser (IndexedDB).
//
// One record a cell, under user, unit, period, form and the form's version, so that nobody else who
// uses this computer is shown it, and so that it never lands in another form. It outlives a reload,
// a closed tab and a lost session; signing out clears it (js/sign-out.js).

import { openDB } from "../../vendor/idb/index.js";

const NAME = "dxreport-entry";
const STORE = "waiting";
const KEY = ["user", "unit", "period", "form", "formVersion", "code"];

let opening = null;

function open() {
  opening ??= openDB(NAME, 1, {
    upgrade(database) {
      const store = database.createObjectStore(STORE, { keyPath: KEY });
      store.createIndex("user", "user");
      store.createIndex("form", ["user", "unit", "period", "form"]);
    },
  });
  return opening;
}

/** Everything that waits for `user`, on any form. */
export async function waitingOf(user) {
  return (await open()).getAllFromIndex(STORE, "user", user);
}

/** Drop everything that waits for `user`. */
export async function clear(user) {
  const database = await open();
  const transaction = database.transaction(STORE, "readwrite");
  const keys = await transaction.store.index("user").getAllKeys(user);
  await Promise.all([...keys.map((key) => transaction.store.delete(key)), transaction.done]);
}

/** The waiting cells of one form of one user. `isUsable` is false once keeping has failed. */
export class Outbox {
  constructor({ user, unit, period, form, formVersion }) {
    this.place = { user, unit, period, form, formVersion };
    this.isUsable = true;
  }

  /** All that waits for this form, the oldest first; also what was typed into an earlier version of it. */
  async all() {
    const { user, unit, period, form } = this.place;
    const records = await this.#try(async () =>
      (await open()).getAllFromIndex(STORE, "form", [user, unit, period, form]),
    );
    return (records ?? []).sort((one, other) => one.order - other.order);
  }

  /** Whether a record of `all` was typed into the form as it is now. */
  isCurrent(record) {
    return record.formVersion === this.place.formVersion;
  }

  /** Keep one cell: {code, typed, base, order, isDraft, attempted}. */
  put(record) {
    return this.#try(async () => (await open()).put(STORE, { ...record, ...this.place }));
  }

  remove(code, formVersion = this.place.formVersion) {
    const { user, unit, period, form } = this.place;
    return this.#try(async () =>
      (await open()).delete(STORE, [user, unit, period, form, formVersion, code]),
    );
  }

  async #try(work) {
    try {
      return await work();
    } catch {
      this.isUsable = false; // private window, full disk: the page then asks before it is closed
      return null;
    }
  }
}
