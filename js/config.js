// Reads the config: what the page is watched for and what the core is told, or every fault at once, each with its
// path. In JavaScript, where an object is looked into for nothing: the same in Rust weighed 3 KB of brotli more.
// @ts-check
import { pack } from "./pack.js";

/** What `track: { name: true }` switches on, each a bit by its place; src/config.rs and src/web/listen.js know the bits. */
const BUILT_INS =
  "share search file_download click form rage_click dead_click error_click thrashed_cursor quick_back attention view_item select_item view_item_list".split(
    " ",
  );
/** Further bits: clicks become heatmap points, nothing is remembered from page to page, nothing is told of robots. */
const HEAT = 1 << 14;
const NO_IDENTITY = 1 << 15;
const NO_BOTS = 1 << 16;
/** Events of one item, which the config's `item` describes where their rule does not. */
const OF_ITEM =
  /^((view|select)_item|view_item_list|(add_to|remove_from)_(cart|wishlist)|share)$/;
/** What collectors take for an event's name; GA4 takes no longer ones. */
export const EVENT_NAME = /^[a-z]\w{0,39}$/i;
/** Parameters that are words by themselves, where no selector can be meant. */
const WORDS = /^(method|currency|content_type)$/;
const VIDEO_MILESTONES = [10, 25, 50, 75];
const SCROLL_MILESTONES = [25, 50, 75, 90];
/** What half of it in view for a second is by the Media Rating Council called seen:
 * https://mediaratingcouncil.org/standards-and-guidelines */
const SEEN_PERCENT = 50;
const SEEN_MS = 1000;
/** Buttons that copy the page's address. */
const COPY_LINK =
  "[data-clipboard-text],[data-copy-url],[data-share=copy],.copy-link,.share-button__copy";
/** What says which promotion an element is, where its rule does not. */
const PROMOTION = {
  promotion_id: "@data-promotion-id",
  promotion_name: "@data-promotion-name",
};

/** What waits for the collector: half a mebibyte of bodies, a tenth of what browsers store for an origin, for a week. */
const QUEUE_BYTES = 512 * 1024;
const MAX_QUEUE_BYTES = 4 * 1024 * 1024;
const QUEUE_DAYS = 7;
const MAX_QUEUE_DAYS = 30;
/** Cells to a page's width: narrower ones tell the place. */
const MAX_GRID = 64;
/** What `heatmap: true` stands for. */
const EVERY_POINT = { moves: {}, hovers: true, attention: true };
/** A place of the pointer told less often than every so many ms, or more than so many on a page view, draws no picture. */
const MAX_EVERY_MS = 10_000;
const MAX_MOVES = 100_000;
const DAY_MS = 86_400_000;

/** @param {any} value */
const isText = (value) => typeof value === "string";

/**
 * Returns `$faults`, see js/faults.js, and of a config without any: `$core`, written for `Config::read` in src/config.rs, and what
 * src/web/listen.js hooks: `$rules`, `$card`, the selector of what holds one item, `$video`, that of videos, `$scroll`,
 * whether scrolling tells milestones, `$on`, bits of what is on, `$heat`, what becomes points, on what the pointer may stay, and what
 * holds one item, `$query`, the parameters of addresses that are kept,
 * `$collector`, the address to post to, and `$room`, the characters that batches may take in the storage.
 * @param {any} config @param {(selector: string) => boolean} isSelector whether the browser takes a selector
 */
export function read(config, isSelector) {
  /** @typedef {(value: any, path: string, key: string) => any} Reader */
  /** @type {any[][]} */
  const faults = [];
  /** @param {string} path @param {string} kind @param {any[]} about */
  const fault = (path, kind, ...about) =>
    void faults.push([path, kind, ...about]);

  /** Returns what the members of an object are, read each by the reader of its key, or all by one. @param {any} value
   * @param {string} path @param {Record<string, Reader> | Reader} readers @returns {Record<string, any>} */
  const members = (value, path, readers) => {
    /** @type {Record<string, any>} */
    const all = {};
    if (!value || typeof value !== "object" || Array.isArray(value))
      fault(path, "object");
    else
      for (const key in value) {
        if (value[key] === undefined) continue;
        const at = path ? `${path}.${key}` : key;
        const reader = typeof readers === "function" ? readers : readers[key];
        if (reader) all[key] = reader(value[key], at, key);
        else fault(at, "unknown", key, Object.keys(readers));
      }
    return all;
  };
  /** @param {any} value @param {string} path @param {Reader} reader @returns {any[]} */
  const items = (value, path, reader) =>
    Array.isArray(value)
      ? value.map((item, index) => reader(item, `${path}[${index}]`, ""))
      : (fault(path, "list"), []);
  /** @type {Reader} */
  const text = (value, path) =>
    isText(value) ? value : (fault(path, "text"), "");
  /** @type {Reader} */
  const texts = (value, path) => items(value, path, text);
  /** @type {Reader} */
  const any = (value) => value;
  /** @type {Reader} */
  const flag = (value, path) =>
    typeof value === "boolean" ? value : fault(path, "flag");
  /** @param {number} most @returns {Reader} */
  const number = (most) => (value, path) =>
    value > 0 && value <= most ? +value : fault(path, "number", most);
  /** Reads a word as its place among some. @param {string} words @returns {Reader} */
  const choice = (words) => (value, path) => {
    const place = words.split(" ").indexOf(value);
    if (place < 0) fault(path, "word", words);
    return place;
  };
  /** @type {Reader} */
  const selector = (value, path, key) => {
    if (isText(value) && !isSelector(value)) fault(path, "selector", value);
    return text(value, path, key);
  };
  /** @param {number[]} usual @returns {Reader} */
  const milestones = (usual) => (value, path) => {
    if (typeof value === "boolean") return value ? usual : [];
    const rises = (/** @type {any} */ percent, /** @type {number} */ index) =>
      Number.isInteger(percent) &&
      percent > (index && value[index - 1]) &&
      percent <= 100;
    if (Array.isArray(value) && value.every(rises)) return value;
    fault(path, "percent");
    return [];
  };

  /**
   * Returns a reader of `@attribute`, `selector`, `selector@attribute`, `=text` or a plain value into `fields`. A field's key has
   * a digit before it, the sum of 1 for what describes the item and 2 for what the config says itself.
   * @param {any[]} fields @param {number} ofItem @returns {Reader}
   */
  const field = (fields, ofItem) => (value, path, key) => {
    const said = isText(value)
      ? WORDS.test(key) && /^[^@.#[=]/.test(value)
        ? value
        : value[0] === "="
          ? value.slice(1)
          : undefined
      : value;
    if (said !== undefined) {
      fields.push({ $key: `${ofItem + 2}${key}`, $literal: pack(said) });
      if (!/string|number|boolean/.test(typeof said)) fault(path, "expression");
      return;
    }
    // An @ within brackets belongs to the selector: a[href^="mailto:me@"].
    const [, $selector, $attribute = ""] =
      /** @type {string[]} */
      (/^(.*?)(?:@([^@\]]*))?$/s.exec(value));
    selector($selector || `[${$attribute}]`, path, key);
    fields.push({ $key: ofItem + key, $selector, $attribute });
  };

  /** @type {any[]} */
  const rules = [];
  /** @param {string} $name @param {string} $kind `c` click, `f` form, `p` page, `v` view @param {any} $selector */
  const ruleOf = ($name, $kind, $selector) => ({
    $name,
    $kind,
    $selector,
    $fields: /** @type {any[]} */ ([]),
    $percent: SEEN_PERCENT,
    $ms: SEEN_MS,
  });
  /** @type {Reader} */
  const rule = (value, path, name) => {
    const its = ruleOf(name, "p", undefined);
    let triggers = 0;
    /** @param {string} kind @returns {Reader} */
    const trigger = (kind) => (value, path, key) => {
      triggers++;
      its.$kind = kind;
      its.$selector = selector(value, path, key);
    };
    const param = field(its.$fields, 0);
    const click = trigger("c");
    const said = isText(value)
      ? (click(value, path, ""), {})
      : members(value, path, {
          selector: click,
          form: trigger("f"),
          url: text,
          shown: trigger("p"),
          seen: trigger("v"),
          success: (value, path, key) =>
            (/^[/*]/.test(value) ? text : selector)(value, path, key),
          toggle: (value, path, key) =>
            typeof value === "boolean" ? value : selector(value, path, key),
          share: number(1),
          seconds: number(60),
          item: (value, path) => members(value, path, field(its.$fields, 1)),
          params: (value, path) => members(value, path, param),
          method: param,
          value: param,
          currency: param,
          transaction_id: param,
        });
    if (triggers !== 1 && (triggers || !said.url)) fault(path, "trigger");
    if (name === "promotion" && !its.$fields[0])
      members(PROMOTION, path, param);
    const whole = {
      ...its,
      $selector: its.$selector ?? ":root",
      $at: said.url && pattern(said.url),
      $success: said.success,
      $toggle: said.toggle ?? name === "add_to_wishlist",
      $percent: said.share ? said.share * 100 : SEEN_PERCENT,
      $ms: said.seconds ? said.seconds * 1000 : SEEN_MS,
    };
    if (name === "promotion")
      rules.push(
        { ...whole, $name: "view_promotion", $kind: "v" },
        { ...whole, $name: "select_promotion", $kind: "c" },
      );
    else rules.push(whole);
  };

  /** @type {any[]} */
  const itemFields = [];
  const itemField = field(itemFields, 1);
  let on = 0;
  let video = "";
  let watched = VIDEO_MILESTONES;
  /** @type {any[]} */
  let scroll = [];
  /** @type {Reader} */
  const tracked = (value, path, name) => {
    if (name === "scroll")
      scroll = milestones(SCROLL_MILESTONES)(value, path, "");
    else if (name === "video" && value !== false) {
      const said = isText(value) ? { selector: value } : value;
      ({ selector: video = "video,iframe", milestones: watched = watched } =
        members(said === true ? {} : said, path, {
          selector,
          milestones: milestones(VIDEO_MILESTONES),
        }));
    } else if (value === true) {
      const place = BUILT_INS.indexOf(name);
      if (place < 0) fault(path, "switch", BUILT_INS);
      else on |= 1 << place;
    } else if (value !== false) {
      if (!EVENT_NAME.test(name)) fault(path, "name");
      if (Array.isArray(value))
        items(value, path, (value, path) => rule(value, path, name));
      else rule(value, path, name);
    }
  };
  /** @type {Reader} */
  const goal = (value, path) => {
    const { name, when, once, ...params } = members(value, path, {
      name: text,
      when: (value, path) =>
        isText(value) ? { event: value } : members(value, path, any),
      value: any,
      currency: any,
      once: choice("visit each"),
    });
    const { event, ...having } = when ?? {};
    if (!EVENT_NAME.test(name) || !isText(event)) fault(path, "goal");
    // A line break would end the line.
    return [name, event, once, pack(having), pack(params)]
      .map((member) => String(member ?? "").replaceAll("\n", " "))
      .join("\n");
  };

  const said = members(config, "", {
    collector: text,
    site: text,
    // Obeyed before this is read, in js/start.js and js/preset.js.
    preset: any,
    item: (value, path) =>
      members(value, path, (value, path, key) =>
        (key === "card" ? selector : itemField)(value, path, key),
      ),
    track: (value, path) => members(value, path, tracked),
    funnels: (value, path) => members(value, path, texts),
    goals: (value, path) => items(value, path, goal),
    heatmap: (value, path) =>
      typeof value === "boolean"
        ? value && EVERY_POINT
        : members(value, path, {
            clicks: flag,
            grid: number(MAX_GRID),
            moves: (value, path) =>
              typeof value === "boolean"
                ? value && {}
                : members(value, path, {
                    every_ms: number(MAX_EVERY_MS),
                    most: number(MAX_MOVES),
                  }),
            hovers: flag,
            attention: flag,
          }),
    consent: choice("granted cookieless denied required"),
    identity: choice("storage none"),
    bots: choice("mark drop"),
    sample: number(1),
    privacy: (value, path) =>
      members(value, path, { query: texts, paths: texts }),
    exclude: texts,
    queue: (value, path) =>
      members(value, path, {
        bytes: number(MAX_QUEUE_BYTES),
        days: number(MAX_QUEUE_DAYS),
      }),
    gpc: flag,
    dnt: flag,
    debug: flag,
  });
  const { collector = "", item, heatmap, privacy } = said;
  const { bytes = QUEUE_BYTES, days = QUEUE_DAYS } = said.queue ?? {};
  // Where they are counted, js/heat.js tells them.
  if (heatmap && heatmap.clicks !== false && !heatmap.grid) on |= HEAT;
  if (heatmap?.attention) on |= 1 << BUILT_INS.indexOf("attention");
  if (said.identity) on |= NO_IDENTITY;
  if (said.bots) on |= NO_BOTS;
  // The rules of what was switched on by its name alone.
  for (const [name, kind, selector, inside] of [
    ["view_item", "p", ":root"],
    ["share", "c", COPY_LINK],
    ["select_item", "c", item?.card, " a[href]"],
    ["view_item_list", "v", item?.card, ""],
  ]) {
    if (!(on & (1 << BUILT_INS.indexOf(name)))) continue;
    if (!selector) fault(`track.${name}`, "card");
    const all = inside === undefined ? selector : `:is(${selector})${inside}`;
    rules.push(ruleOf(name, kind, all));
  }
  if (!/^\/|:\/\//.test(collector)) fault("collector", "address", collector);
  for (const its of rules)
    its.$item =
      OF_ITEM.test(its.$name) &&
      !its.$fields.some((/** @type {any} */ { $key }) => $key[0] & 1) &&
      itemFields;
  const lines = (/** @type {string[]} */ list = []) => list.join("\n");
  return {
    $faults: faults,
    $core: [
      said.site,
      on,
      scroll.join(" "),
      watched.join(" "),
      said.consent ?? 0,
      Math.round((said.sample ?? 1) * 1e6),
      lines(privacy?.paths),
      lines(said.exclude),
      Math.round(bytes),
      Math.round(days * DAY_MS),
      Object.entries(said.funnels ?? {})
        .map((funnel) => lines(funnel.flat()))
        .join("\x1d"),
      said.goals?.join("\x1d"),
    ].join("\x1e"),
    $query: privacy?.query,
    $collector: collector,
    $room: bytes,
    $rules: rules,
    $card: item?.card,
    $video: video,
    $scroll: scroll.length > 0,
    $on: on,
    $heat: heatmap && [
      heatmap,
      rules
        .filter(({ $kind }) => $kind === "c")
        .map(({ $selector }) => $selector)
        .join(),
      item?.card,
    ],
  };
}

/**
 * Returns what tells whether an address fits, by its path, or with `?` or `=` in the pattern by path and query; a `*` stands
 * for any run of characters.
 * @param {string} shape @returns {(url: string) => boolean}
 */
export function pattern(shape) {
  const escaped = shape.replace(/[^\w*]/g, "\\$&").replaceAll("*", ".*");
  const whole = new RegExp(`^${escaped}$`, "s");
  return (url) => {
    const { pathname, search } = new URL(url);
    return whole.test(pathname + (/[?=]/.test(shape) ? search : ""));
  };
}
