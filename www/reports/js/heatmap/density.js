// Kernel density of points on a page: they are counted in cells first, so that a hundred thousand take hardly longer than ten.

/** A point says something about this much around it, in CSS pixels: half a finger's width. */
export const KERNEL_PX = 22;
/** Side of a cell; the browser's scaling smooths what is coarse about it. */
const CELL_PX = 4;
/** Of more cells than a long page on a phone has, each is twice as wide: an eighth of the work, and a kernel of five still. */
const MAX_CELLS = 400_000;

/** Returns the side of a cell on a page of that size, in CSS pixels. */
export const cellOf = (width, height) =>
  (width / CELL_PX) * (height / CELL_PX) > MAX_CELLS ? 2 * CELL_PX : CELL_PX;

/** Returns `{ values, columns, rows, most }`: the weight of points within the kernel around each cell, weighed by nearness. */
export function density(points, width, height) {
  const side = cellOf(width, height);
  const columns = Math.ceil(width / side);
  const rows = Math.ceil(height / side);
  const kernel = kernelOf(side);
  const { cells, taken } = bin(points, columns, rows, side);
  // The kernel is a product of one along and one across: two short passes do what one over its square would.
  const across = blurRows(cells, columns, taken, kernel);
  const values = blurColumns(across, columns, taken, kernel);
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return { values, columns, rows, most };
}

/** A normal distribution of half the kernel's width; four deviations out nothing is left of it. */
function kernelOf(side) {
  const reach = Math.ceil((KERNEL_PX * 2) / side);
  const deviation = KERNEL_PX / 2 / side;
  return Float64Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-0.5 * ((index - reach) / deviation) ** 2),
  );
}

/** Sums up the points in each cell; `taken` tells which rows have any, as most of a long page has none. */
function bin(points, columns, rows, side) {
  const cells = new Float32Array(columns * rows);
  const taken = new Uint8Array(rows);
  for (const point of points) {
    const column = Math.floor(point[0] / side);
    const row = Math.floor(point[1] / side);
    if (!(column >= 0 && column < columns && row >= 0 && row < rows)) continue;
    cells[row * columns + column] += point[2] ?? 1;
    taken[row] = 1;
  }
  return { cells, taken };
}

function blurRows(cells, columns, taken, kernel) {
  const blurred = new Float32Array(cells.length);
  const reach = (kernel.length - 1) / 2;
  for (let row = 0; row < taken.length; row++) {
    if (!taken[row]) continue;
    const start = row * columns;
    for (let column = 0; column < columns; column++) {
      const value = cells[start + column];
      if (value === 0) continue;
      const last = Math.min(columns - 1, column + reach);
      for (let at = Math.max(0, column - reach); at <= last; at++) {
        blurred[start + at] += value * kernel[at - column + reach];
      }
    }
  }
  return blurred;
}

function blurColumns(cells, columns, taken, kernel) {
  const blurred = new Float32Array(cells.length);
  const reach = (kernel.length - 1) / 2;
  const sums = new Float64Array(columns);
  for (let row = 0; row < taken.length; row++) {
    const last = Math.min(taken.length - 1, row + reach);
    let any = false;
    for (let from = Math.max(0, row - reach); from <= last; from++) {
      if (!taken[from]) continue;
      any = true;
      const share = kernel[from - row + reach];
      const start = from * columns;
      for (let column = 0; column < columns; column++) {
        sums[column] += share * cells[start + column];
      }
    }
    if (!any) continue;
    blurred.set(sums, row * columns);
    sums.fill(0);
  }
  return blurred;
}
