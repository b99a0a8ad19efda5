// The template engine: makes of spoor's envelope (docs/wire.md) the requests of some collector, by a document that says how
// (docs/collectors.md). Pure: neither clock nor page, nothing of a document is run as code, and every template ends.
// @ts-check

/** Bytes around the events of a request. */
const FRAME = 1024;

/** @typedef {Record<string, any>} Scope */
/**
 * A request to be made. One with `push` is none: its body goes into that list of the page, such as `dataLayer`. `of` names what is in it,
 * each by its page and number.
 * @typedef {{ url: string, type: string, headers?: Record<string, string>, body: any, push?: string, call?: boolean, of: string[] }} Request
 */

/** @param {any} value */
const isMap = (value) =>
  value && typeof value === "object" && !Array.isArray(value);
/** @param {any} value */
const isEmpty = (value) =>
  value === undefined || value === null || value === "";
/** @param {any} value */
const textOf = (value) =>
  value && typeof value === "object" ? JSON.stringify(value) : String(value);
/** Whatever is told: JSON may name a member as what makes a number or a text of an object. @param {any} value */
const numberOf = (value) => (typeof value === "object" ? NaN : +value);
/** @param {string} text */
const bytesOf = (text) => new TextEncoder().encode(text).length;
/** @param {any} map @param {(value: any, key: string) => any} change */
const mapped = (map, change) =>
  Object.fromEntries(
    Object.entries(map ?? {}).map(([key, value]) => [key, change(value, key)]),
  );
/** @param {number} ms */
const date = (ms) => {
  const then = new Date(ms);
  return isNaN(+then) ? undefined : then.toISOString();
};
/** @param {string} text */
const base64url = (text) =>
  btoa(
    Array.from(new TextEncoder().encode(text), (byte) =>
      String.fromCharCode(byte),
    ).join(""),
  )
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/**
 * What a template may have done, by its name: `{ "$iso": "$time" }`. Each gets its argument as it stands, and what makes a value of
 * a template. @type {Record<string, (argument: any, make: (template: any, more?: Scope) => any) => any>}
 */
const FUNCTIONS = {
  /** The first that is there; else the last. */
  $or: (list, make) => {
    let value;
    for (const one of list) if (!isEmpty((value = make(one)))) break;
    return value;
  },
  /** The second where the first is there, else the third. */
  $if: ([test, then, other], make) => {
    const value = make(test);
    return make(isEmpty(value) || value === false ? other : then);
  },
  /** The template that the table has for a value; else the last. */
  $case: ([value, table, other], make) => {
    const key = make(value);
    const isData = typeof table === "string";
    const by = isData ? make(table) : table;
    if (!by || typeof by !== "object" || !Object.hasOwn(by, textOf(key)))
      return make(other);
    // What is told is no template.
    const found = by[textOf(key)];
    return isData ? found : make(found);
  },
  /** Texts joined; nothing where one is missing. */
  $text: (list, make) => {
    const texts = make(list);
    return texts.length === list.length
      ? texts.map(textOf).join("")
      : undefined;
  },
  /** The text of a value. */
  $string: (one, make) => {
    const value = make(one);
    return value === undefined ? value : textOf(value);
  },
  /** Every member as a text. */
  $strings: (one, make) => mapped(make(one), textOf),
  /** What has members or is a list, as JSON. */
  $flat: (one, make) =>
    mapped(make(one), (value) =>
      value && typeof value === "object" ? textOf(value) : value,
    ),
  $json: (one, make) => JSON.stringify(make(one)),
  $base64url: (one, make) => base64url(textOf(make(one))),
  /** The first so many letters of a text. */
  $cut: ([one, letters], make) => {
    const value = make(one);
    return value === undefined ? value : textOf(value).slice(0, letters);
  },
  /** Members as a query string, or as the fields of a form; nothing of nothing. */
  $query: (one, make) => {
    const value = make(one);
    return value && `${new URLSearchParams(mapped(value, textOf))}`;
  },
  /** A list as NDJSON. */
  $lines: (one, make) =>
    [make(one) ?? []]
      .flat()
      .map((/** @type {any} */ line) => `${JSON.stringify(line)}\n`)
      .join(""),
  /** Milliseconds since 1970 as ISO 8601, and as seconds. */
  $iso: (one, make) => date(numberOf(make(one))),
  $s: (one, make) => Math.floor(numberOf(make(one)) / 1000) || undefined,
  /** Hexadecimal digits of a UUID, the last so many. */
  $hex: ([one, digits], make) => {
    const value = make(one);
    return isEmpty(value)
      ? undefined
      : textOf(value).replaceAll("-", "").slice(-digits);
  },
  /** A template for each of a list, as `it`; or for each member, with its `key`. */
  $each: ([list, template], make) => {
    const all = make(list);
    const pairs = Array.isArray(all)
      ? all.map((it) => ["", it])
      : Object.entries(all ?? {});
    const made = pairs
      .map(([key, it]) => make(template, { key, it }))
      .filter((one) => one !== undefined);
    return made[0] === undefined ? undefined : made;
  },
  /** The numbers of a list, added up; 0 of none. */
  $sum: (one, make) =>
    [make(one) ?? []].flat().reduce((sum, number) => sum + numberOf(number), 0),
  /** Lists and single values in one list. */
  $concat: (list, make) => make(list).flat(),
  /** Members under other names; under "" they are left out. */
  $keys: ([one, names], make) => {
    const out = Object.entries(make(one) ?? {})
      .map(([key, value]) => [
        Object.hasOwn(names, key) ? names[key] : key,
        value,
      ])
      .filter(([key]) => key);
    return out[0] && Object.fromEntries(out);
  },
  /** One member whose name is made too. */
  $member: ([key, value], make) => ({ [textOf(make(key))]: make(value) }),
  /** The kind of a value: string, integer, number, boolean or object. */
  $type: (one, make) => {
    const value = make(one);
    return Number.isSafeInteger(value) ? "integer" : typeof value;
  },
};

/** The names of all functions. */
export const NAMES = Object.keys(FUNCTIONS);

/** Returns a text as it is meant: "$$" stands for "$". @param {string} text */
const literal = (text) => (text[0] === "$" ? text.slice(1) : text);

/** Returns what a template makes of a scope; nothing of what is not there. @param {any} template @param {Scope} scope @returns {any} */
function make(template, scope) {
  if (typeof template === "string")
    return template[0] === "$" && template[1] !== "$"
      ? look(template.slice(1), scope)
      : literal(template);
  if (!template || typeof template !== "object") return template;
  if (Array.isArray(template))
    return template
      .map((one) => make(one, scope))
      .filter((one) => one !== undefined);
  const [first] = Object.keys(template);
  if (first?.[0] === "$" && first[1] !== "$")
    return FUNCTIONS[first](template[first], (one, more) =>
      make(one, more ? { ...scope, ...more } : scope),
    );
  /** @type {Record<string, any>} */
  const out = {};
  for (const key in template) {
    const value = make(template[key], scope);
    if (key === "...") Object.assign(out, ...[value].flat().filter(isMap));
    else if (value !== undefined) out[literal(key)] = value;
  }
  // What was to have members and has none is left out.
  return first !== undefined && Object.keys(out)[0] === undefined
    ? undefined
    : out;
}

/** Returns what lies at a path such as `page.url`. @param {string} path @param {any} scope */
function look(path, scope) {
  for (const name of path.split("."))
    scope =
      scope && typeof scope === "object" && Object.hasOwn(scope, name)
        ? scope[name]
        : undefined;
  return scope ?? undefined;
}

/** Returns the UUID of an event, always the same: that of its page, counted on by its number. @param {string} page @param {number} seq */
function idOf(page, seq) {
  const last = ((parseInt(page.slice(-8), 16) || 0) + seq) % 2 ** 32;
  return page.slice(0, -8) + last.toString(16).padStart(8, "0");
}

/** Returns a page with the parts of its address. @param {any} page */
function parted(page) {
  try {
    const { host, hostname, origin, pathname, hash } = new URL(page.url);
    const path = pathname + hash;
    return { host, hostname, origin, pathname, hash, path, ...page };
  } catch {
    return page;
  }
}

/**
 * Returns the requests that carry the envelope to the collector that `document` speaks of, and how much was trimmed to its limits.
 * @param {any} document @param {any} option what the shop says: `url`, a key ... @param {any} envelope
 * @param {{ consent?: string, unpack?: (data: string) => any }} [about] `unpack` reads points, see js/heatmap.js
 * @returns {{ requests: Request[], trims: number }}
 */
export function requests(document, option, envelope, about = {}) {
  const { most = {} } = document;
  let trims = 0;
  /** @param {string} text @param {number} length */
  const cut = (text, length) =>
    text.length > length ? (trims++, text.slice(0, length)) : text;
  /** @param {any} value @returns {any} */
  const trimmed = (value) => {
    if (typeof value === "string") return cut(value, most.text);
    if (Array.isArray(value)) return value.map(trimmed);
    return isMap(value) ? mapped(value, trimmed) : value;
  };
  /** @param {any} params */
  const within = (params = {}) => {
    const all = Object.entries(params);
    const kept = all.slice(0, most.keys);
    trims += all.length - kept.length;
    return mapped(Object.fromEntries(kept), trimmed);
  };

  const common = { ...envelope, option, consent: about.consent };
  /** Events in the collector's words, each with its scope and bytes. @type {[any, Scope, number][]} */
  const made = [];
  /** @param {any} template @param {Scope} scope */
  const add = (template, scope) => {
    for (const one of [make(template, scope)].flat()) {
      if (one === undefined) continue;
      const bytes = bytesOf(JSON.stringify(one));
      if (bytes > (most.event_bytes ?? most.bytes - FRAME)) trims++;
      else made.push([one, scope, bytes]);
    }
  };
  for (const page of (envelope.pages ?? []).map(parted)) {
    /** @param {any} one */
    const scopeOf = ({ seq, t = 0 }) => ({
      ...common,
      page,
      seq,
      t,
      time: page.opened_at + t,
      id: idOf(page.id, seq),
    });
    for (const one of page.events ?? [])
      add(document.event, {
        ...scopeOf(one),
        name: cut(one.name, most.name),
        params: within(one.params),
      });
    if (document.heat)
      for (const one of page.heat ?? [])
        add(document.heat, {
          ...scopeOf(one),
          data: one.data,
          ...read(one.data, about.unpack),
        });
  }

  /** @type {Request[]} */
  const all = [];
  for (let from = 0; from < made.length;) {
    let [to, bytes] = [from, FRAME];
    do bytes += made[to++][2] + 1;
    while (
      to < made.length &&
      to - from < (most.events ?? Infinity) &&
      !(bytes + made[to][2] > most.bytes)
    );
    const events = made.slice(from, to).map(([one]) => one);
    const scope = { ...made[from][1], events, event: events[0] };
    const headers = Object.entries({ ...document.headers, ...option.headers });
    const { push, call, type = "text/plain;charset=UTF-8" } = document;
    const body = make(document.body, scope) ?? "";
    all.push({
      url: make(document.url ?? "$option.url", scope) ?? "",
      type,
      headers: headers[0] && make(Object.fromEntries(headers), scope),
      body: push || typeof body === "string" ? body : JSON.stringify(body),
      push,
      call,
      of: made.slice(from, to).map(([, { page, seq }]) => `${page.id} ${seq}`),
    });
    from = to;
  }
  return { requests: all, trims };
}

/** Returns the points of a chunk as `points`, each with its selector; nothing where it cannot be read.
 * @param {string} data @param {((data: string) => any) | undefined} unpack */
function read(data, unpack) {
  try {
    const { selectors, anchors, points } = /** @type {any} */ (unpack)(data);
    return {
      points: points.map((/** @type {any} */ { kind, anchor, at, t }) => ({
        kind,
        x: at[0],
        y: at[1],
        t,
        fixed: anchors[anchor].frame === "window",
        selector: selectors[anchors[anchor].selector],
      })),
    };
  } catch {
    // Not loaded, or not a chunk.
  }
}
