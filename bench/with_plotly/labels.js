// Labels as plotly breaks them, their widths, and the colours of the page.

/** The value of a token, in the present theme. */
export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Black or white, whichever is read more easily on `colour` (#rrggbb). */
export function readableOn(colour) {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const share = parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}

/** A label of an axis on several lines. */
export function wrapped(text, letters) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line && line.length + 1 + word.length > letters) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.join("<br>");
}

let pen;

/** How wide the labels of an axis are: known beforehand, so that plotly draws once and not twice. */
export function widthOf(labels, font) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `13px ${font}`;
  const lines = labels.flatMap((label) => label.split("<br>"));
  return Math.ceil(Math.max(0, ...lines.map((line) => pen.measureText(line).width)));
}

/** How many letters a label may have on a line beside a picture `width` pixels wide. */
export const lettersFor = (width) => (width > 600 ? 40 : 20);
