// What was typed on an earlier visit and has no cell to go to any more: the form was handed in, the
// period closed, or the form changed. It is shown, not dropped, until the person says so.

import { make } from "./make.js";
import { say } from "./texts.js";

export function showLeftover(place, records, outbox) {
  if (!records.length) return;
  const title = make("h2", { id: "leftover-title" }, say("leftover_title", { count: records.length }));
  const discard = make("button", { type: "button", className: "btn ghost compact" }, say("leftover_discard"));
  const panel = make(
    "section",
    { className: "card alert bad", "aria-labelledby": "leftover-title" },
    title,
    make("p", {}, say("leftover_why")),
    make("ul", {}, ...records.map((record) => make("li", {}, `${nameOf(record.code)}: ${textOf(record.typed)}`))),
    make("div", { className: "actions" }, discard),
  );
  discard.addEventListener("click", async () => {
    await Promise.all(records.map(({ code, formVersion }) => outbox.remove(code, formVersion)));
    panel.remove();
  });
  place.prepend(panel);
}

const nameOf = (code) => document.getElementById(`c-${code}`)?.querySelector("th .name")?.textContent.trim() ?? code;

const textOf = ({ value, chosen = [], reason, explanation }) =>
  [value, chosen.join(", "), reason, explanation].filter((text) => text?.trim()).join("; ") || "–";
