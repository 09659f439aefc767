// What somebody else wrote meanwhile: merged, or to be decided between two texts.

import { make } from "../entry/make.js";
import { say } from "../entry/texts.js";

const place = document.getElementById("news");

function show(...children) {
  place.replaceChildren(...children);
  place.hidden = false;
}

export function hide() {
  place.replaceChildren();
  place.hidden = true;
}

function changesOf(answer, isOpen) {
  const details = make(
    "details",
    { className: "more", open: isOpen },
    make("summary", { className: "chevron" }, say("their_changes")),
  );
  // Escaped by the server, where differences are written for all pages alike.
  details.insertAdjacentHTML("beforeend", answer.changes);
  return details;
}

function button(words, className, onclick) {
  return make("button", { type: "button", className, onclick }, words);
}

const dismiss = () => button(say("dismiss"), "btn ghost compact", hide);
const nameOf = (answer) => answer.others || say("oneself");

/** `answer.mine`: the number that one's own words are kept under; none where nothing of one's own was sent. */
export function showMerged(answer) {
  const sentence = say(answer.mine ? "merged" : "caught_up", { who: nameOf(answer) });
  show(
    make(
      "section",
      { className: "card alert info", role: "status" },
      make("p", {}, sentence),
      changesOf(answer, false),
      make("div", { className: "actions" }, dismiss()),
    ),
  );
}

export function showRestored() {
  const card = make("section", { className: "card alert info", role: "status" }, make("p", {}, say("restored")));
  card.append(make("div", { className: "actions" }, dismiss()));
  show(card);
}

/** `decide(text)` goes on with a text; `mine()` is what stands in the area then. */
export function showConflict(answer, mine, decide) {
  const who = nameOf(answer);
  const choose = (text) => () => {
    hide();
    decide(text());
  };
  show(
    make(
      "section",
      { className: "card alert bad", role: "alert" },
      make("h2", {}, say("conflict", { who, at: answer.at })),
      make("p", {}, say("conflict_help")),
      changesOf(answer, true),
      make(
        "div",
        { className: "actions" },
        button(say("keep_both"), "btn compact", choose(() => answer.both)),
        button(say("keep_mine"), "btn ghost compact", choose(mine)),
        button(say("take_theirs", { who }), "btn ghost compact", choose(() => answer.theirs)),
      ),
    ),
  );
}
