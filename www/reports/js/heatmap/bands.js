// How long visitors look at each height of a page, and how far down they come.

/** Heights that are told on the page: to here comes this share of the visitors. */
export const LINES = [0.75, 0.5, 0.25];

/** Returns per band the share of views that came this far: who saw what is below has been here. */
export function reached(bands) {
  let most = 0;
  return bands
    .map((band) => band.reached)
    .reverse()
    .map((share) => (most = Math.max(most, share)))
    .reverse();
}

/** Returns the height, as a share of the page's, to which `share` of the views come; null where fewer come to its top. */
export function depth(bands, share) {
  const shares = reached(bands);
  const below = shares.findIndex((value) => value < share);
  if (below === 0 || shares.length === 0) return null;
  if (below < 0) return 1;
  // A band is seen by those who come to its middle: between two middles the share falls evenly.
  const [above, under] = [shares[below - 1], shares[below]];
  const middle = below - 0.5;
  const on = (above - share) / (above - under);
  return (middle + on) / shares.length;
}

/** Returns cells for `paint`: one column, one row a band. `most` is the largest value of all that are drawn on one scale. */
export function cells(values, most) {
  return {
    values: Float32Array.from(values),
    columns: 1,
    rows: values.length,
    most,
  };
}

/** Returns `{ from, to }`, the heights of band `index` of `count` in percent of the page. */
export const heights = (index, count) => ({
  from: Math.round((index / count) * 100),
  to: Math.round(((index + 1) / count) * 100),
});
