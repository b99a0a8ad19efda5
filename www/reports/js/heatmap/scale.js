// Scales of colour that are read with every kind of colour vision, and painting by them.

/** Plasma, whose lightness rises evenly: https://bids.github.io/colormap/ */
const PLASMA = [
  [13, 8, 135],
  [75, 3, 161],
  [125, 3, 168],
  [168, 34, 150],
  [203, 70, 121],
  [229, 107, 93],
  [248, 148, 65],
  [253, 195, 40],
  [240, 249, 33],
];
/** Blue, white, orange, as ColorBrewer's PuOr: both arms are as dark at the same distance from the middle. */
const DIVERGING = [
  [20, 78, 148],
  [35, 117, 186],
  [90, 160, 210],
  [157, 206, 232],
  [247, 247, 247],
  [253, 184, 99],
  [224, 130, 20],
  [179, 88, 6],
  [127, 59, 8],
];
/** Lifts what is less, so that a lone popular button does not hide all others. */
const LIFT = 0.55;
/** Below this share of the most nothing is drawn. */
const FLOOR = 0.06;
/** From the inverse of this share of the most on, the colour covers fully. */
const FILL = 1.8;
/** Opacity of what lies over all of the page: the dark end less, so that it is no shadow. */
const COVER = { least: 0.3, most: 0.7 };
/** Colours worked out beforehand: a page has a million cells. */
const STEPS = 256;
const BYTES = 4;

/** The colour at `share` of the scale, from 0 to 1. */
export function colour(stops, share) {
  const at = share * (stops.length - 1);
  const low = Math.min(Math.floor(at), stops.length - 2);
  return stops[low].map((value, index) =>
    Math.round(value + (stops[low + 1][index] - value) * (at - low)),
  );
}

/** Rises from nothing, so that a spot has no edge. */
const rise = (step) =>
  step < FLOOR ? 0 : Math.min(1, ((step - FLOOR) / (1 - FLOOR)) * FILL);

/** From none to most: `at` puts the share of the most on the scale, from 0 to 1. */
export const AMOUNT = {
  stops: PLASMA,
  at: (share) => share ** LIFT,
  opacity: rise,
};

/** Of what covers the whole page, and must not hide it. */
export const LEVEL = {
  stops: PLASMA,
  at: (share) => share,
  opacity: (step) => COVER.least + (COVER.most - COVER.least) * step,
};

/** From less to more, with what is alike in the middle; shares are from -1 to 1. */
export const CHANGE = {
  stops: DIVERGING,
  isDifference: true,
  at: (share) => (1 + Math.sign(share) * Math.abs(share) ** LIFT) / 2,
  opacity: (step) => rise(Math.abs(2 * step - 1)),
};

/** The same of what covers the whole page. */
export const SHIFT = {
  stops: DIVERGING,
  isDifference: true,
  at: (share) => (1 + share) / 2,
  opacity: (step) => COVER.most * Math.abs(2 * step - 1),
};

/** Returns red, green, blue and opacity for each step from the least to the most. */
function steps({ stops, opacity }) {
  const table = new Uint8ClampedArray(STEPS * BYTES);
  for (let step = 0; step < STEPS; step++) {
    const at = step / (STEPS - 1);
    table.set([...colour(stops, at), 255 * opacity(at)], step * BYTES);
  }
  return table;
}

/** Paints cells on `canvas`, one pixel each, by a scale: `values` against `most`. */
export function paint(canvas, { values, columns, rows, most }, scale) {
  canvas.width = Math.max(1, columns);
  canvas.height = Math.max(1, rows);
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  const table = steps(scale);
  const step = (share) => Math.round(scale.at(share) * (STEPS - 1)) * BYTES;
  const nothing = step(0);
  for (let cell = 0; cell < values.length; cell++) {
    const value = values[cell];
    // Most of a page: spared the power.
    const from =
      value === 0 || !(most > 0)
        ? nothing
        : step(Math.max(-1, Math.min(1, value / most)));
    for (let byte = 0; byte < BYTES; byte++) {
      image.data[cell * BYTES + byte] = table[from + byte];
    }
  }
  context.putImageData(image, 0, 0);
}

/** Paints the scale from one end to the other, as it looks over a white page. */
export function paintScale(canvas, { stops }) {
  canvas.width = STEPS;
  canvas.height = 1;
  const context = canvas.getContext("2d");
  for (let step = 0; step < STEPS; step++) {
    context.fillStyle = `rgb(${colour(stops, step / (STEPS - 1)).join(" ")})`;
    context.fillRect(step, 0, 1, 1);
  }
}
