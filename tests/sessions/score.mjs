// Compares what was told with what a person watching wrote down.
import { isDeepStrictEqual } from "node:util";

/**
 * Scores the events of a session against its `truth`, a list of `[name, facts]`. A fact is a parameter, or the `path`.
 * Returns lists of `[name, facts]`: `hits`, `misses`, `alarms`.
 */
export function score(told, truth) {
  const alarms = told.flatMap(entries);
  const hits = truth.filter(([name, facts]) => {
    const index = alarms.findIndex(
      (entry) => entry[0] === name && says(entry[1], facts ?? {}),
    );
    if (index >= 0) alarms.splice(index, 1);
    return index >= 0;
  });
  const misses = truth.filter((entry) => !hits.includes(entry));
  return { hits, misses, alarms };
}

/** Items that came into view together are told in one event or in two, as the clock has it: each counts for itself. */
function entries({ name, path, params }) {
  const facts = { path, ...params };
  if (name !== "view_item_list") return [[name, facts]];
  return facts.items.map(({ item_id }) => [name, { path, item_id }]);
}

const says = (facts, wanted) =>
  Object.entries(wanted).every(([key, value]) =>
    isDeepStrictEqual(part(facts[key], value), value),
  );

/** Of a list of objects, what `wanted` asks of each. */
function part(found, wanted) {
  if (!Array.isArray(found) || !Array.isArray(wanted)) return found;
  return found.map((item, index) =>
    typeof wanted[index] === "object"
      ? Object.fromEntries(
          Object.keys(wanted[index]).map((key) => [key, item[key]]),
        )
      : item,
  );
}

/** Sums the scores of sessions, `[{ name, hits, misses, alarms }]`, up to one row per event, and one for all. */
export function tally(scores) {
  const rows = new Map();
  const row = (name) => {
    const fresh = { event: name, told: 0, true: 0, hits: 0 };
    if (!rows.has(name)) rows.set(name, fresh);
    return rows.get(name);
  };
  for (const { hits, misses, alarms } of scores) {
    for (const [name] of hits) {
      for (const key of ["told", "true", "hits"]) row(name)[key] += 1;
    }
    for (const [name] of misses) row(name).true += 1;
    for (const [name] of alarms) row(name).told += 1;
  }
  const sorted = [...rows.values()].sort((a, b) =>
    a.event < b.event ? -1 : 1,
  );
  const total = { event: "all", told: 0, true: 0, hits: 0 };
  for (const each of sorted) {
    for (const key of ["told", "true", "hits"]) total[key] += each[key];
  }
  return [...sorted, total].map((each) => ({
    ...each,
    precision: each.told ? each.hits / each.told : 1,
    recall: each.true ? each.hits / each.true : 1,
  }));
}
