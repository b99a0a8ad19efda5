// Compares what two parties say, field by field.
import { decoded } from "./clients.mjs";

/** Returns the leaves of a value by path. Lists of attributes are read as the object they stand for. */
export function leaves(value, path = "", out = {}) {
  if (path.endsWith("cx") || path.endsWith("ue_px")) value = decoded(value);
  if (value && typeof value === "object") {
    if (Array.isArray(value) && value[0]?.key)
      value = Object.fromEntries(value.map((one) => [one.key, one.value]));
    const entries = Object.entries(value);
    if (!entries[0]) out[path] = value;
    for (const [key, inner] of entries)
      leaves(inner, path ? `${path}.${key}` : key, out);
  } else out[path] = value;
  return out;
}

/** Returns the differences: "+" only ours, "-" only theirs, "~" other value. */
export function differences(ours, theirs) {
  const [a, b] = [leaves(ours), leaves(theirs)];
  const all = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...all].flatMap((path) => {
    if (!(path in b)) return [`+${path}`];
    if (!(path in a)) return [`-${path}`];
    return JSON.stringify(a[path]) === JSON.stringify(b[path])
      ? []
      : [`~${path}`];
  });
}
