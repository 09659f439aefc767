/* A search among the indicators, without diacritics, and a button that draws the table as a chart.
   The page works without either. */

import { fold } from "./folding.js";

function field(label) {
  const box = document.createElement("div");
  box.className = "field";
  const words = document.createElement("label");
  words.textContent = label;
  words.htmlFor = "explore-search";
  const input = document.createElement("input");
  input.id = "explore-search";
  input.type = "search";
  input.autocomplete = "off";
  box.append(words, input);
  return [box, input];
}

function searchable(box) {
  const [search, input] = field(box.dataset.searchLabel);
  const nothing = document.createElement("p");
  nothing.className = "nothing";
  nothing.setAttribute("role", "status");
  box.prepend(search, nothing);

  const groups = [...box.querySelectorAll("fieldset")].map((group) => ({
    group,
    picks: [...group.querySelectorAll(".pick")].map((pick) => ({ pick, text: fold(pick.textContent) })),
  }));

  input.addEventListener("input", () => {
    const words = fold(input.value).split(/\s+/);
    let found = 0;
    for (const { group, picks } of groups) {
      let here = 0;
      for (const { pick, text } of picks) {
        const fits = words.every((word) => text.includes(word));
        pick.hidden = !fits;
        here += fits ? 1 : 0;
      }
      group.hidden = here === 0;
      found += here;
    }
    nothing.textContent = found ? "" : box.dataset.nothing;
  });
  /* Enter in the search looks for indicators; it does not yet ask for the table. */
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

document.querySelectorAll("[data-search]").forEach(searchable);

/** A button that draws; what draws, and plotly with it, is fetched when it is pressed. */
function offerChart(section) {
  const button = section.querySelector("[data-draw]");
  section.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const refusal = await drawn(section);
    for (const one of section.querySelectorAll("[data-refusal]")) one.hidden = one.dataset.refusal !== refusal;
    button.disabled = false;
    button.parentElement.hidden = !refusal;
    (refusal ? button : section.querySelector("h2")).focus();
  });
}

async function drawn(section) {
  try {
    const { draw } = await import("./pivot/draw.js");
    return await draw(section, document.querySelector(".scroll[data-down]"));
  } catch (reason) {
    console.warn("table not drawn", reason);
    for (const figure of section.querySelectorAll("figure")) figure.remove();
    return "failed";
  }
}

document.querySelectorAll(".drawing").forEach(offerChart);
