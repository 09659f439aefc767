// What is drawn of a table's numbers: lines over periods where there are several, else bars.
//
// Shares and numbers have an axis, so a picture, each.

export const SERIES_AT_MOST = 12;
export const BARS_AT_MOST = 300;

const membersOf = (points, axis) => [...new Map(points.map(({ at }) => [at[axis].key, at[axis]])).values()];

/** Which numbers are of one kind: those of one indicator and measure. */
const kindOf = ({ at }) => `${at.indicator?.key ?? ""} ${at.measure?.key ?? ""}`;

/** [kind, points] of shares and of numbers; a dash is of the kind that its neighbours are. */
function byKind(points) {
  const percent = new Set(points.filter(({ text }) => text.endsWith("%")).map(kindOf));
  const isPercent = (point) => percent.has(kindOf(point));
  return [
    ["percent", points.filter(isPercent)],
    ["number", points.filter((point) => !isPercent(point))],
  ];
}

/** The members of `axes` that points have, combined: {key, name, points}, in the order of the table. */
function seriesOf(points, axes) {
  const found = new Map();
  for (const point of points) {
    const members = axes.map((axis) => point.at[axis]);
    const key = members.map((member) => member.key).join(" ");
    if (!found.has(key)) found.set(key, { key, name: members.map((member) => member.name).join(" · "), points: [] });
    found.get(key).points.push(point);
  }
  return [...found.values()];
}

/** The axis along which a picture runs: the periods, else the first that leaves few enough series. */
function alongOf(points, axes) {
  if (axes.includes("period")) return "period";
  const few = (axis) => seriesOf(points, axes.filter((one) => one !== axis)).length <= SERIES_AT_MOST;
  return axes.find(few) ?? axes[0];
}

function pictureOf(kind, all) {
  // A sum beside its parts leaves nothing to see of these; a share does not.
  const parts = all.filter(({ isTotal }) => kind === "percent" || !isTotal);
  const points = parts.length ? parts : all;
  const every = Object.keys(points[0].at);
  const varying = every.filter((axis) => membersOf(points, axis).length > 1);
  const axes = varying.length ? varying : every.slice(0, 1);
  const along = alongOf(points, axes);
  return {
    kind,
    isLines: along === "period" && varying.length > 0,
    about: every.filter((axis) => !axes.includes(axis)).map((axis) => points[0].at[axis].name),
    places: membersOf(points, along),
    placeOf: ({ at }) => at[along].key,
    series: seriesOf(points, axes.filter((axis) => axis !== along)),
  };
}

/** The pictures of a table's numbers, or a word that says why there are none. */
export function planOf(points) {
  const pictures = byKind(points)
    .filter(([, several]) => several.some(({ value }) => value !== null))
    .map(([kind, several]) => pictureOf(kind, several));
  if (!pictures.length) return { refusal: "nothing" };
  if (pictures.some(({ series }) => series.length > SERIES_AT_MOST)) return { refusal: "series" };
  const bars = pictures.filter(({ isLines }) => !isLines);
  if (bars.some(({ places, series }) => places.length * series.length > BARS_AT_MOST)) return { refusal: "bars" };
  return { pictures };
}
