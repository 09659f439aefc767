// plotly's basic bundle, fetched once for the page and taught to write dates and numbers in Vietnamese.

let loading;

/** Resolves when `Plotly` is there. */
export function plotly() {
  loading ??= fetched().then(registerVietnamese);
  return loading;
}

function fetched() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.querySelector("[data-plotly]").dataset.plotly;
    script.onload = () => (typeof Plotly === "undefined" ? reject("plotly did not load") : resolve());
    script.onerror = () => reject("plotly did not load");
    document.head.append(script);
  });
}

function registerVietnamese() {
  const months = Array.from({ length: 12 }, (_none, index) => `tháng ${index + 1}`);
  Plotly.register({
    moduleType: "locale",
    name: "vi",
    dictionary: {},
    format: {
      days: ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
      shortDays: ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
      months,
      shortMonths: months.map((_name, index) => `${index + 1}`),
      date: "%d/%m/%Y",
      decimal: ",",
      thousands: ".",
    },
  });
}
