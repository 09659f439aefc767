// The colours of static/css/tokens.css, as they are at this moment.

/** The value of a token, in the present theme. */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

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

/** Black or white, whichever is read more easily on `colour` (#rrggbb). */
export function readableOn(colour) {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const share = parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  // At this luminance both are as far away.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}
