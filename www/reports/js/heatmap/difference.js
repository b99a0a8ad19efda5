// Two groups of visitors against each other: per visitor, so that the larger group is not the hotter one.

/** Returns the density per visitor, in place of that of all together. */
export function perVisitor(dense, visitors) {
  const share = visitors > 0 ? 1 / visitors : 0;
  return {
    ...dense,
    values: dense.values.map((value) => value * share),
    most: dense.most * share,
  };
}

/**
 * Returns how much more there is of `one` than of `other`, below 0 where less; `most` is the largest difference either way.
 * Both are of one page; where their heights differ, what only one has counts as nothing in the other.
 */
export function difference(one, other) {
  const rows = Math.max(one.rows, other.rows);
  const columns = one.columns;
  const values = new Float32Array(columns * rows);
  let most = 0;
  for (let cell = 0; cell < values.length; cell++) {
    values[cell] = (one.values[cell] ?? 0) - (other.values[cell] ?? 0);
    most = Math.max(most, Math.abs(values[cell]));
  }
  return { values, columns, rows, most };
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
