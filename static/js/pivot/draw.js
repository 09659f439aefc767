// The explorer's table as pictures by plotly's basic bundle, which is fetched when they are asked for.

import { inLight } from "../charts/theme.js";
import { figureOf, onPaper } from "./figure.js";
import { sampleOf } from "./look.js";
import { planOf } from "./plan.js";
import { read } from "./table.js";

const [PAPER_WIDTH, LEAST_WIDTH] = [640, 760];
const config = {
  displayModeBar: false,
  displaylogo: false,
  doubleClick: false, // it shows the whole, see below
  showSendToCloud: false, // its default would offer to upload the figures to another company
  plotlyServerURL: "",
  locale: "en-US", // numbers are written with the layout's separators
};

/** Resolves when `Plotly` is there. */
function plotly(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => (typeof Plotly === "undefined" ? reject("plotly did not load") : resolve());
    script.onerror = () => reject("plotly did not load");
    document.head.append(script);
  });
}

/** One picture in its frame. */
class Drawing {
  without = new Set();

  constructor(figure, picture, words) {
    this.picture = picture;
    this.canvas = figure.querySelector(".chart-canvas");
    this.heading = figure.querySelector("h3");
    this.about = figure.querySelector("figcaption p");
    this.whole = figure.querySelector("[data-whole]");
    this.heading.textContent = [words[picture.kind], ...picture.about].join(" · ");
    const names = picture.series.map(({ name }) => name).filter(Boolean).join(", ");
    const kind = picture.isLines ? words.lines : words.bars;
    this.canvas.setAttribute("aria-label", [kind, this.heading.textContent, names].filter(Boolean).join(": ") + `. ${words.alternative}`);
    this.offerSeries(figure.querySelector(".series"));
    this.whole.addEventListener("click", () => this.showWhole());
    for (const button of figure.querySelectorAll("[data-picture]")) button.addEventListener("click", () => this.save(button.dataset.picture));
  }

  /** A box to tick for each series; one alone needs none. */
  offerSeries(fieldset) {
    const { series, isLines } = this.picture;
    fieldset.hidden = series.length < 2;
    series.forEach(({ key, name }, index) => {
      const label = Object.assign(document.createElement("label"), { className: "pick" });
      const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
      box.addEventListener("change", () => {
        if (box.checked) this.without.delete(key);
        else this.without.add(key);
        this.show();
      });
      label.append(box, sampleOf(index, isLines), name);
      fieldset.append(label);
    });
  }

  async show(most = Infinity) {
    const width = Math.min(most, Math.floor(this.canvas.clientWidth));
    if (!width) return;
    const { data, layout } = figureOf(this.picture, width, this.without);
    await Plotly.react(this.canvas, data, layout, config);
  }

  async begin() {
    await this.show();
    this.canvas.classList.add("is-drawn");
    this.canvas.on("plotly_relayout", () => (this.whole.hidden = this.isWhole()));
    this.canvas.on("plotly_doubleclick", () => this.showWhole());
    this.canvas.on("plotly_click", ({ points: [point] }) => {
      if (point.customdata[1]) window.location.assign(point.customdata[1]);
    });
    new ResizeObserver(() => {
      if (this.canvas.layout.width !== Math.floor(this.canvas.clientWidth)) this.show();
    }).observe(this.canvas);
  }

  /** The ranges of both axes when nothing is enlarged, by plotly's names. */
  ranges() {
    const { xaxis, yaxis } = figureOf(this.picture, this.canvas.layout.width, this.without).layout;
    return { "xaxis.range": xaxis.range, "yaxis.range": yaxis.range };
  }

  isWhole() {
    const { xaxis, yaxis } = this.canvas.layout;
    return String(Object.values(this.ranges())) === String([xaxis.range, yaxis.range]);
  }

  async showWhole() {
    if (document.activeElement === this.whole) document.querySelector("#explore-chart").focus(); // this button goes away
    await Plotly.relayout(this.canvas, this.ranges());
  }

  async save(format) {
    const width = Math.max(this.canvas.clientWidth, LEAST_WIDTH);
    const words = { title: this.heading.textContent, about: this.about.textContent.trim() };
    const figure = inLight(() => onPaper(this.picture, words, width, this.without));
    const { height } = figure.layout;
    await Plotly.downloadImage(figure, { format, filename: "table", width, height, scale: format === "png" ? 2 : 1 });
  }
}

/** Draws the table in `box` into `section`; the word of a refusal, "" where it is drawn. */
export async function draw(section, box) {
  const { pictures, refusal } = planOf(read(box));
  if (refusal) return refusal;
  await plotly(section.dataset.plotly);
  await document.fonts.ready; // labels are measured, so their face must be there
  const template = section.querySelector("template");
  const drawings = pictures.map((picture) => {
    const figure = template.content.firstElementChild.cloneNode(true);
    section.append(figure);
    return new Drawing(figure, picture, section.dataset);
  });
  await Promise.all(drawings.map((drawing) => drawing.begin()));
  const drawAll = (most) => drawings.map((drawing) => drawing.show(most));
  document.addEventListener("themechange", () => drawAll());
  window.addEventListener("beforeprint", () => inLight(() => drawAll(PAPER_WIDTH)));
  window.addEventListener("afterprint", () => drawAll());
  return "";
}
