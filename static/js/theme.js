// Light, dark, or as the machine says. Loaded before the stylesheets and not deferred, so that a
// chosen theme is there from the first paint. The choice stays on this machine (localStorage).
(function () {
  "use strict";
  const KEY = "dxreport.theme";
  const root = document.documentElement;

  function chosen() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage may be switched off; the machine's theme still works
    }
  }

  function apply(theme) {
    if (theme === "light" || theme === "dark") {
      root.dataset.theme = theme;
    } else {
      delete root.dataset.theme;
    }
    document.dispatchEvent(new CustomEvent("themechange"));
  }

  function choose(theme) {
    try {
      if (theme === "auto") {
        localStorage.removeItem(KEY);
      } else {
        localStorage.setItem(KEY, theme);
      }
    } catch {
      // as above: the page changes, the next one will ask the machine again
    }
    apply(theme);
  }

  function showChoice() {
    const theme = chosen() || "auto";
    for (const group of document.querySelectorAll("[data-theme-switch]")) {
      group.hidden = false;
      for (const input of group.querySelectorAll("input")) {
        input.checked = input.value === theme;
      }
    }
  }

  apply(chosen());
  document.addEventListener("DOMContentLoaded", showChoice);
  document.addEventListener("change", (event) => {
    if (event.target.closest("[data-theme-switch]")) {
      choose(event.target.value);
    }
  });
  window.addEventListener("storage", (event) => {
    if (event.key === KEY) {
      apply(chosen());
      showChoice();
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => apply(chosen()));
})();
