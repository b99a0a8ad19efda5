// Kernel density of points on a page, and its colours.

/** A click says something about this much around it, in CSS pixels: half a finger's width. */
export const KERNEL_PX = 22;
/** The density is computed for squares of this side, then smoothed by the browser's scaling. */
const CELL_PX = 4;
/** Lifts what is less dense, so that a lone popular button does not hide all others. */
const LIFT = 0.55;
/** Below this share of the densest spot nothing is drawn. */
const FLOOR = 0.06;
/** From the inverse of this share of the densest spot on, the colour covers fully. */
const FILL = 1.8;
/** Plasma, which rises evenly in lightness for every kind of colour vision: https://bids.github.io/colormap/ */
const SCALE = [
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

/** The colour at `share` of the scale, from 0 to 1. */
function colour(share) {
  const at = share * (SCALE.length - 1);
  const low = Math.min(Math.floor(at), SCALE.length - 2);
  return SCALE[low].map((value, index) =>
    Math.round(value + (SCALE[low + 1][index] - value) * (at - low)),
  );
}

/** Returns `{ densities, columns, rows, most }`: clicks within the kernel around each cell, weighed by nearness. */
export function density(points, width, height) {
  const columns = Math.ceil(width / CELL_PX);
  const rows = Math.ceil(height / CELL_PX);
  const densities = new Float32Array(columns * rows);
  const radius = Math.ceil((KERNEL_PX * 2) / CELL_PX);
  const fall = -0.5 / (KERNEL_PX / 2) ** 2;
  let most = 0;
  for (const [x, y] of points) {
    const column = Math.floor(x / CELL_PX);
    const row = Math.floor(y / CELL_PX);
    for (
      let r = Math.max(0, row - radius);
      r <= Math.min(rows - 1, row + radius);
      r++
    ) {
      const dy = (r + 0.5) * CELL_PX - y;
      for (
        let c = Math.max(0, column - radius);
        c <= Math.min(columns - 1, column + radius);
        c++
      ) {
        const dx = (c + 0.5) * CELL_PX - x;
        const index = r * columns + c;
        densities[index] += Math.exp(fall * (dx * dx + dy * dy));
        if (densities[index] > most) most = densities[index];
      }
    }
  }
  return { densities, columns, rows, most };
}

/** Paints the density on `canvas`. */
export function paint(canvas, { densities, columns, rows, most }) {
  canvas.width = Math.max(1, columns);
  canvas.height = Math.max(1, rows);
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  densities.forEach((value, index) => {
    const share = most ? (value / most) ** LIFT : 0;
    if (share < FLOOR) return;
    // Rises from nothing, so that a spot has no edge.
    const opacity = Math.min(1, ((share - FLOOR) / (1 - FLOOR)) * FILL);
    image.data.set([...colour(share), 255 * opacity], index * 4);
  });
  context.putImageData(image, 0, 0);
}

/** Paints the scale from least to most, as it looks over a white page. */
export function paintScale(canvas) {
  const steps = 256;
  canvas.width = steps;
  canvas.height = 1;
  const context = canvas.getContext("2d");
  for (let step = 0; step < steps; step++) {
    context.fillStyle = `rgb(${colour(step / (steps - 1)).join(" ")})`;
    context.fillRect(step, 0, 1, 1);
  }
}
