// The colours of static/css/tokens.css on paper, for what leaves the page.

/** Does `work` in the light theme, and goes back before anything is painted. */
export function inLight(work) {
  const root = document.documentElement;
  const before = root.dataset.theme;
  root.dataset.theme = "light";
  try {
    return work();
  } finally {
    if (before) root.dataset.theme = before;
    else delete root.dataset.theme;
  }
}

/** `text` with each var(--token) replaced by its value at this moment. */
export function resolved(text) {
  const values = getComputedStyle(document.documentElement);
  return text.replace(/var\(--([\w-]+)\)/g, (_whole, token) => values.getPropertyValue(`--${token}`).trim().replaceAll('"', "'"));
}
