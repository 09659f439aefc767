// Draws every figure[data-chart] when the reader comes near it, and not before: what draws, and
// plotly with it, is fetched then.
//
// A picture is made of the table that stands under it (see charts/table.js), so nothing on the
// page says a figure twice. Without script the table is what there is.

const charts = [...document.querySelectorAll("figure[data-chart]")];
const near = { rootMargin: "400px 0px" };
const waiting = new Set(charts);

/** Draws `chart` the first time it is asked for. */
async function drawOnce(chart) {
  if (!waiting.delete(chart)) return;
  watching.unobserve(chart);
  // Both are asked for at once: plotly is the larger one.
  import("./charts/plotly.js").then(({ plotly }) => plotly().catch(() => {})); // said by `draw`
  const { draw, fail } = await import("./charts/draw.js");
  await draw(chart).catch((reason) => fail(chart, reason));
}

const drawAll = () => Promise.all([...waiting].map(drawOnce));

const watching = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) drawOnce(entry.target);
}, near);
for (const chart of charts) watching.observe(chart);

// Paper has every chart. Printing does not wait for anybody, so the keys are met before it begins;
// printed from a menu, a chart that was not reached shows its table instead.
document.addEventListener("keydown", async (event) => {
  const isPrint = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "p";
  if (!isPrint || !waiting.size) return;
  event.preventDefault();
  await drawAll();
  window.print();
});
matchMedia("print").addEventListener("change", ({ matches }) => matches && drawAll());
window.addEventListener("beforeprint", () => {
  for (const chart of waiting) chart.querySelector("details").open = true;
});
