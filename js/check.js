// Says what is wrong with a document of a dialect, each fault by its path. Loaded only where a config brings a document of its own.
// @ts-check
import { NAMES } from "./dialect.js";

/** Members of a document: what each must be. @type {Record<string, string>} */
const MEMBERS = {
  name: "text",
  needs: "list",
  url: "template",
  type: "text",
  headers: "template",
  push: "text",
  once: "flag",
  call: "flag",
  most: "map",
  event: "template",
  heat: "template",
  body: "template",
};
/** Limits that `most` may set. */
const LIMITS = "events bytes event_bytes keys name text".split(" ");
/** Where a path may begin. */
const ROOTS =
  "none v site batch sent_at visitor user session pages losses option consent page seq t time id name params data points events event it key".split(
    " ",
  );
/** Arguments that are a list, and how long it is: at least, at most. @type {Record<string, [number, number]>} */
const LISTS = {
  $or: [1, Infinity],
  $concat: [1, Infinity],
  $text: [1, Infinity],
  $if: [2, 3],
  $case: [2, 3],
  $hex: [2, 2],
  $cut: [2, 2],
  $each: [2, 2],
  $keys: [2, 2],
  $member: [2, 2],
};
/** Functions whose second argument is a count, and the most that it may be: digits of a UUID; letters, more than fit into a request.
 * @type {Record<string, number>} */
const COUNTS = { $hex: 32, $cut: 65_536 };
/** Deeper templates are no description but a mistake, or a circle. */
const MAX_DEPTH = 32;

/** @param {any} value */
const isMap = (value) =>
  !!value && typeof value === "object" && !Array.isArray(value);

/**
 * Returns the faults of a document, a line each; none of one that works.
 * @param {any} document @param {string} [path] under which it stands in the config
 * @returns {string[]}
 */
export function check(document, path = "dialect") {
  /** @type {string[]} */
  const faults = [];
  const fault = (/** @type {string} */ at, /** @type {string} */ text) =>
    void faults.push(`${at}: ${text}`);

  /** @param {any} one @param {string} at @param {number} depth */
  const template = (one, at, depth = 0) => {
    if (depth > MAX_DEPTH) return fault(at, "too deep, or a circle");
    const inner = (/** @type {any} */ part, /** @type {any} */ key) =>
      template(
        part,
        Array.isArray(one) ? `${at}[${key}]` : `${at}.${key}`,
        depth + 1,
      );
    if (typeof one === "string") {
      if (one[0] !== "$" || one[1] === "$") return;
      const [root, ...names] = one.slice(1).split(".");
      if (!ROOTS.includes(root))
        fault(
          at,
          `no such path: "${one}"; it begins with one of: ${ROOTS.join(" ")}`,
        );
      else if (names.some((name) => !name)) fault(at, `no path: "${one}"`);
    } else if (typeof one === "number") {
      if (!Number.isFinite(one)) fault(at, "must be a finite number");
    } else if (Array.isArray(one)) one.forEach(inner);
    else if (isMap(one)) {
      const keys = Object.keys(one);
      const name = keys.find((key) => key[0] === "$" && key[1] !== "$");
      if (name === undefined) for (const key of keys) inner(one[key], key);
      else if (!NAMES.includes(name))
        fault(
          `${at}.${name}`,
          `no such function; known are: ${NAMES.join(" ")}`,
        );
      else if (keys.length > 1)
        fault(
          at,
          `${name} stands alone; "${keys.find((key) => key !== name)}" is beside it`,
        );
      else called(name, one[name], `${at}.${name}`, depth + 1);
    } else if (one !== null && typeof one !== "boolean")
      fault(
        at,
        "must be a text, a number, true, false, null, a list or an object",
      );
  };
  /** @param {string} name @param {any} argument @param {string} at @param {number} depth */
  const called = (name, argument, at, depth) => {
    const [least, most] = LISTS[name] ?? [];
    if (least === undefined) {
      if (argument === undefined) fault(at, "needs an argument");
      else template(argument, at, depth);
      return;
    }
    if (
      !Array.isArray(argument) ||
      argument.length < least ||
      argument.length > /** @type {number} */ (most)
    )
      return fault(
        at,
        `must be a list of ${least === most ? least : `${least} to ${most === Infinity ? "any number" : most}`}`,
      );
    argument.forEach((part, index) => {
      const here = `${at}[${index}]`;
      if (index === 1 && COUNTS[name]) {
        if (!(Number.isInteger(part) && part > 0 && part <= COUNTS[name]))
          fault(here, `must be a whole number from 1 to ${COUNTS[name]}`);
      } else if (index === 1 && /case|keys/.test(name)) {
        if (name === "$case" && typeof part === "string") template(part, here);
        else if (!isMap(part)) fault(here, "must be an object");
        else
          for (const [key, value] of Object.entries(part))
            if (name === "$case" && key[0] === "$")
              fault(`${here}.${key}`, "a table stands here, no function");
            else if (name === "$case")
              template(value, `${here}.${key}`, depth + 1);
            else if (typeof value !== "string")
              fault(`${here}.${key}`, "must be a text");
      } else template(part, here, depth + 1);
    });
  };

  if (!isMap(document)) return [`${path}: must be an object`];
  for (const [key, value] of Object.entries(document)) {
    const at = `${path}.${key}`;
    const kind = MEMBERS[key];
    if (!kind)
      fault(at, `unknown member; known are: ${Object.keys(MEMBERS).join(" ")}`);
    else if (kind === "template") template(value, at);
    else if (kind === "text" && (typeof value !== "string" || !value))
      fault(at, "must be a text");
    else if (kind === "flag" && typeof value !== "boolean")
      fault(at, "must be true or false");
    else if (
      kind === "list" &&
      !(Array.isArray(value) && value.every((one) => typeof one === "string"))
    )
      fault(at, "must be a list of texts");
    else if (kind === "map") {
      if (!isMap(value)) fault(at, "must be an object");
      else
        for (const [limit, number] of Object.entries(value))
          if (!LIMITS.includes(limit))
            fault(
              `${at}.${limit}`,
              `unknown limit; known are: ${LIMITS.join(" ")}`,
            );
          else if (!(Number.isInteger(number) && number > 0))
            fault(`${at}.${limit}`, "must be a whole number above 0");
    }
  }
  for (const key of ["name", "event", "body"])
    if (document[key] === undefined) fault(`${path}.${key}`, "is needed");
  if (document.headers !== undefined && !isMap(document.headers))
    fault(`${path}.headers`, "must be an object");
  return faults;
}
