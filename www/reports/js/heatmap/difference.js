// Two groups of visitors against each other: per visitor, so that the larger group is not the hotter one.

/** Differences between so many standard deviations fade: below chance makes them, above hardly: the 95 % bound. */
const CHANCE = { most: 1, least: 1.96 };

/** Returns the density per visitor, in place of that of all together. */
export function perVisitor(dense, visitors) {
  const part = visitors > 0 ? 1 / visitors : 0;
  return {
    ...dense,
    values: dense.values.map((value) => value * part),
    most: dense.most * part,
  };
}

/** Returns how far chance moves the density per visitor, as its variance; `squares` is the density of the weights' squares. */
export const variance = (squares, visitors) =>
  perVisitor(perVisitor(squares, visitors), visitors).values;

/**
 * Returns how much more there is of `one` than of `other` on a page, both per visitor, below 0 where less; `most` is the largest
 * difference either way. Given the variance of both, a difference that chance would make is left out.
 */
export function difference(one, other, variances) {
  const { columns, rows } = one;
  const values = new Float32Array(one.values.length);
  let most = 0;
  for (let cell = 0; cell < values.length; cell++) {
    const apart = one.values[cell] - other.values[cell];
    if (apart === 0) continue;
    const spread = variances
      ? Math.sqrt(variances[0][cell] + variances[1][cell])
      : 0;
    values[cell] = apart * certainty(Math.abs(apart) / spread);
    most = Math.max(most, Math.abs(values[cell]));
  }
  return { values, columns, rows, most };
}

/** From 0 to 1 by the number of standard deviations, without an edge. */
function certainty(deviations) {
  const { most, least } = CHANCE;
  return Math.max(0, Math.min(1, (deviations - most) / (least - most)));
}

/**
 * Returns the elements of both, `{ ...of one, other }`, where `other` is the same element of the other group. What only the other
 * group has stands there with nothing for this one. The largest difference in the share of visitors comes first.
 */
export function pair(elements, others, visitors, otherVisitors) {
  const none = { points: 0, visitors: 0, buyers: 0, at: [] };
  const left = new Map(others.map((element) => [element.selector, element]));
  const both = elements.map((element) => {
    const other = left.get(element.selector);
    left.delete(element.selector);
    return { ...element, other: other ?? { ...element, ...none } };
  });
  for (const other of left.values()) both.push({ ...other, ...none, other });
  const apart = ({ visitors: count, other }) =>
    Math.abs(share(count, visitors) - share(other.visitors, otherVisitors));
  return both.sort((a, b) => apart(b) - apart(a));
}

/** Returns the share, 0 of nobody. */
export const share = (part, whole) => (whole > 0 ? part / whole : 0);
