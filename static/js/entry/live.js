// The indicators beneath each section, as the server computed them over what is saved.

import { make } from "./make.js";
import { say } from "./texts.js";

export function showIndicators(indicators) {
  for (const box of document.querySelectorAll("[data-live]")) {
    const here = indicators.filter((one) => one.section === box.dataset.live);
    box.hidden = !here.length;
    box.querySelector("tbody").replaceChildren(...here.map(row));
  }
}

function row({ name, display, numerator, denominator }) {
  const parts = numerator !== null && denominator !== null ? `${numerator} / ${denominator}` : "";
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, name),
    make("td", { className: "muted" }, parts),
    make("td", {}, display),
  );
}

/** Say beneath each table how many typed cells it does not count yet. */
export function showUncounted(count) {
  for (const note of document.querySelectorAll("[data-live] [data-uncounted]")) {
    note.textContent = count ? say("live_uncounted", { count }) : "";
  }
}
